#include "root.hpp"

namespace helpdesk {

// A command has one name here and one line below; the order is that of the help.
extern const cli::Command account_add_command, account_command, account_list_command, backend_command,
    backend_list_command, backend_show_command, complete_command, config_command, config_get_command,
    config_list_command, config_set_command, help_command, store_backup_command, store_command,
    store_info_command, store_verify_command;
extern const cli::Command doctor_command, store_rebuild_command, contact_command, contact_show_command,
    contact_merge_command, contact_unmerge_command, erase_command;
extern const cli::Command pull_command, list_command, show_command, search_command, set_command, note_command,
    new_command, snooze_command, undo_command, log_command, draft_command, send_command, queue_command,
    queue_list_command, queue_show_command, queue_send_command, queue_cancel_command, queue_settle_command,
    template_command, template_list_command, template_show_command, template_test_command,
    template_new_command, template_lint_command, template_stats_command, template_import_command;

extern const cli::Command calendar_command, calendar_show_command, calendar_test_command, sla_command,
    sla_status_command, sla_list_command, sla_explain_command;
extern const cli::Command check_command, stats_command, explain_command, report_command, digest_command,
    export_command, lint_command;
extern const cli::Command cron_command, rule_test_command, rule_list_command, rule_add_command, rule_command,
    store_prune_command, forward_command, init_command, account_test_command, auth_status_command,
    auth_logout_command, auth_login_command, auth_command, systemd_command;

extern const cli::Command plan_command, plan_staff_command, plan_workload_command, plan_coverage_command,
    plan_cost_command;

extern const cli::Command approve_command;
extern const cli::Command kb_command, kb_add_command, kb_list_command, kb_search_command, kb_show_command;

extern const cli::Command ack_command;

namespace {

// clang-format off
constinit const cli::Command* const k_commands[] = {
    // set up
    &help_command,
    &init_command,
    &auth_command,
    &auth_login_command,
    &auth_logout_command,
    &auth_status_command,
    &config_command,
    &config_get_command,
    &config_set_command,
    &config_list_command,
    &account_command,
    &account_list_command,
    &account_add_command,
    &account_test_command,
    &backend_command,
    &backend_list_command,
    &backend_show_command,
    &rule_command,
    &rule_add_command,
    &rule_list_command,
    &rule_test_command,
    &store_command,
    &store_info_command,
    &store_verify_command,
    &store_backup_command,
    &store_rebuild_command,
    &store_prune_command,
    &doctor_command,
    // pull
    &pull_command,
    // work
    &list_command,
    &show_command,
    &search_command,
    &set_command,
    &note_command,
    &new_command,
    &forward_command,
    &contact_command,
    &contact_show_command,
    &contact_merge_command,
    &contact_unmerge_command,
    &snooze_command,
    &undo_command,
    &log_command,
    &erase_command,
    // reply
    &draft_command,
    &lint_command,
    &approve_command,
    &send_command,
    &queue_command,
    &queue_list_command,
    &queue_show_command,
    &queue_send_command,
    &queue_cancel_command,
    &queue_settle_command,
    &ack_command,
    &template_command,
    &template_list_command,
    &template_show_command,
    &template_new_command,
    &template_test_command,
    &template_lint_command,
    &template_stats_command,
    &template_import_command,
    // measure
    &stats_command,
    &explain_command,
    &check_command,
    &sla_command,
    &sla_status_command,
    &sla_list_command,
    &sla_explain_command,
    &calendar_command,
    &calendar_show_command,
    &calendar_test_command,
    &plan_command,
    &plan_staff_command,
    &plan_workload_command,
    &plan_coverage_command,
    &plan_cost_command,
    // tell
    &report_command,
    &digest_command,
    &export_command,
    &cron_command,
    &systemd_command,
    // know
    &kb_command,
    &kb_add_command,
    &kb_list_command,
    &kb_search_command,
    &kb_show_command,
    // hidden
    &complete_command,
};
// clang-format on

} // namespace

std::span<const cli::Command* const> commands() { return k_commands; }

} // namespace helpdesk
