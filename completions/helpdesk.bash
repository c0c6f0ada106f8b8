# bash completion for helpdesk, made by helpdesk help --generate
# Words that may follow: $1 the command's words so far.
_helpdesk_words() {
  next=()
  case $1 in
  '') next=( help init auth config account backend rule store doctor pull list show search set note new forward contact snooze undo log erase draft lint approve send queue ack template stats explain check sla calendar plan report digest export cron systemd kb ) ;;
  'auth') next=( login logout status ) ;;
  'config') next=( get set list ) ;;
  'account') next=( list add test ) ;;
  'backend') next=( list show ) ;;
  'rule') next=( add list test ) ;;
  'store') next=( info verify backup rebuild prune ) ;;
  'contact') next=( show merge unmerge ) ;;
  'queue') next=( list show send cancel settle ) ;;
  'template') next=( list show new test lint stats import ) ;;
  'sla') next=( status list explain ) ;;
  'calendar') next=( show test ) ;;
  'plan') next=( staff workload coverage cost ) ;;
  'kb') next=( add list search show ) ;;
  esac
}
_helpdesk_flags() {
  case $1 in
  'help') next=( --generate --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'init') next=( --address --name --account --backend --path --provider --host --port --tls --user --password-command --send --smtp-host --smtp-port --smtp-tls --ca-file --us --scope --me --target --hours --history --shared --offline --dry-run --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'auth login') next=( --stdin --keep --device --browser --wait --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'auth logout') next=( --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'auth status') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'config get') next=( --origin --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'config set') next=( --unset --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'config list') next=( --origin --all --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'account list') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'account add') next=( --from --mapping --yes --dry-run --backend --us --set --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'account test') next=( --send-to --dry-run --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'backend list') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'backend show') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'rule add') next=( --from --by --when --set --name --dry-run --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'rule list') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'rule test') next=( --when --set --since --limit --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'store info') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'store verify') next=( --dump --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'store backup') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'store rebuild') next=( --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'store prune') next=( --older --larger --account --yes --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'doctor') next=( --offline --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'pull') next=( --since --full --dry-run --grace --wait --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'list') next=( --all --mine --status --channel --tag --account --waiting --silent --noise --snoozed --promises --limit --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'show') next=( --quotes --save --open --html --raw --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'search') next=( --limit --best --count --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'set') next=( --merge-into --split-from --spent --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'note') next=( --body-file --spent --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'new') next=( --from --to --channel --subject --ticket --account --body-file --spent --dry-run --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'forward') next=( --to --cc --text --body-file --attach --no-attachments --subject --identity --dry-run --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'contact show') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'contact merge') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'contact unmerge') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'snooze') next=( --until --off --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'undo') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'log') next=( --limit --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'erase') next=( --yes --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'draft') next=( --template --lang --propose --set --attach --body-file --from-kb --link --no-checklist --subject --to --cc --identity --quote --new --account --to-mailbox --list --print --discard --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'lint') next=( --ticket --lang --format --fail-on --rule --allow --reason --template --attached --baseline --fix --explain --list --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'approve') next=( --list --withdraw --all --yes --dry-run --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'send') next=( --yes --all --to --set --spent --anyway --allow --reason --hold --at --max --dry-run --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'queue list') next=( --all --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'queue show') next=( --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'queue send') next=( --wait --dry-run --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'queue cancel') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'queue settle') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'ack') next=( --dry-run --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template list') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template show') next=( --lang --front --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template new') next=( --lang --title --from --body-file --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template test') next=( --lang --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template lint') next=( --format --fail-on --no-replies --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template stats') next=( --since --until --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'template import') next=( --from --lang --overwrite --dry-run --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'stats') next=( --since --until --by --metric --all-turns --cohort --calendar --percentile --quantile --compare --backlog --process --doubt --account --input --mapping --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'explain') next=( --metric --calendar --forecast --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'check') next=( --that --by --since --until --calendar --max-age --min-n --allow-empty --show-subjects --if-any --format --account --input --mapping --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'sla status') next=( --since --until --policy --metric --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'sla list') next=( --late --near --due --policy --metric --account --limit --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'sla explain') next=( --metric --policy --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'calendar show') next=( --from --days --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'calendar test') next=( --from --to --due --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'plan staff') next=( --calls --per --growth --aht --target --patience --formula --at-once --people --occupancy --shrinkage --channel --since --until --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'plan workload') next=( --arrivals --per --growth --aht --hours --occupancy --shrinkage --people --open --channel --calendar --since --until --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'plan coverage') next=( --channel --calendar --since --until --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'plan cost') next=( --hourly --aht --at-once --platform --contacts --resolved --occupancy --shrinkage --channel --since --until --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'report') next=( --since --detail --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'digest') next=( --since --detail --if-any --to --dry-run --account --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'export') next=( --since --until --account --no-text --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'cron') next=( --every --digest-at --to --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'systemd') next=( --every --digest-at --to --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'kb add') next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'kb list') next=( --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'kb search') next=( --lang --limit --format --output --json --jq --render --raw-csv --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  'kb show') next=( --lang --plain --output --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  *) next=( --now --config --store --read-only --no-input --quiet --color --debug --help --version ) ;;
  esac
}
# What a flag takes: $1 the command, $2 the flag.
_helpdesk_value() {
  takes=
  case "$1 $2" in
  'help --generate') takes='directory'; return ;;
  'init --address') takes='text'; return ;;
  'init --name') takes='text'; return ;;
  'init --account') takes='text'; return ;;
  'init --backend') takes='words imap maildir mbox'; return ;;
  'init --path') takes='file'; return ;;
  'init --provider') takes='text'; return ;;
  'init --host') takes='text'; return ;;
  'init --port') takes='text'; return ;;
  'init --tls') takes='words implicit starttls none'; return ;;
  'init --user') takes='text'; return ;;
  'init --password-command') takes='text'; return ;;
  'init --send') takes='words smtp none'; return ;;
  'init --smtp-host') takes='text'; return ;;
  'init --smtp-port') takes='text'; return ;;
  'init --smtp-tls') takes='words implicit starttls none'; return ;;
  'init --ca-file') takes='file'; return ;;
  'init --us') takes='text'; return ;;
  'init --scope') takes='words desk all'; return ;;
  'init --me') takes='text'; return ;;
  'init --target') takes='text'; return ;;
  'init --hours') takes='text'; return ;;
  'init --history') takes='text'; return ;;
  'init --shared') takes='words yes no'; return ;;
  'auth login --keep') takes='words keyring file'; return ;;
  'auth login --wait') takes='text'; return ;;
  'account add --from') takes='text'; return ;;
  'account add --mapping') takes='text'; return ;;
  'account add --backend') takes='text'; return ;;
  'account add --us') takes='text'; return ;;
  'account add --set') takes='text'; return ;;
  'account test --send-to') takes='text'; return ;;
  'rule add --from') takes='kind ticket'; return ;;
  'rule add --by') takes='words sender subject domain'; return ;;
  'rule add --when') takes='kind query'; return ;;
  'rule add --set') takes='kind field'; return ;;
  'rule add --name') takes='text'; return ;;
  'rule test --when') takes='kind query'; return ;;
  'rule test --set') takes='kind field'; return ;;
  'rule test --since') takes='text'; return ;;
  'rule test --limit') takes='text'; return ;;
  'store prune --older') takes='text'; return ;;
  'store prune --larger') takes='text'; return ;;
  'store prune --account') takes='kind account'; return ;;
  'pull --since') takes='text'; return ;;
  'pull --grace') takes='text'; return ;;
  'pull --wait') takes='text'; return ;;
  'list --status') takes='words new open pending hold solved closed'; return ;;
  'list --channel') takes='words email web chat sms phone social_public social_direct forum issue api other'; return ;;
  'list --tag') takes='kind tag'; return ;;
  'list --account') takes='kind account'; return ;;
  'list --waiting') takes='text'; return ;;
  'list --silent') takes='text'; return ;;
  'list --limit'|'list -l') takes='text'; return ;;
  'show --save') takes='directory'; return ;;
  'show --open') takes='text'; return ;;
  'show --raw') takes='text'; return ;;
  'search --limit'|'search -l') takes='text'; return ;;
  'set --merge-into') takes='kind ticket'; return ;;
  'set --split-from') takes='text'; return ;;
  'set --spent') takes='text'; return ;;
  'note --body-file') takes='file'; return ;;
  'note --spent') takes='text'; return ;;
  'new --from') takes='text'; return ;;
  'new --to') takes='text'; return ;;
  'new --channel') takes='words phone chat sms web email other'; return ;;
  'new --subject'|'new -s') takes='text'; return ;;
  'new --ticket') takes='kind ticket'; return ;;
  'new --account') takes='kind account'; return ;;
  'new --body-file') takes='file'; return ;;
  'new --spent') takes='text'; return ;;
  'forward --to') takes='text'; return ;;
  'forward --cc') takes='text'; return ;;
  'forward --text') takes='text'; return ;;
  'forward --body-file') takes='file'; return ;;
  'forward --attach'|'forward -a') takes='file'; return ;;
  'forward --subject'|'forward -s') takes='text'; return ;;
  'forward --identity') takes='text'; return ;;
  'snooze --until'|'snooze -u') takes='text'; return ;;
  'log --limit'|'log -l') takes='text'; return ;;
  'draft --template'|'draft -t') takes='kind template'; return ;;
  'draft --lang') takes='text'; return ;;
  'draft --set') takes='text'; return ;;
  'draft --attach'|'draft -a') takes='file'; return ;;
  'draft --body-file') takes='file'; return ;;
  'draft --from-kb') takes='text'; return ;;
  'draft --subject'|'draft -s') takes='text'; return ;;
  'draft --to') takes='text'; return ;;
  'draft --cc') takes='text'; return ;;
  'draft --identity') takes='text'; return ;;
  'draft --account') takes='kind account'; return ;;
  'draft --discard') takes='text'; return ;;
  'lint --ticket'|'lint -t') takes='kind ticket'; return ;;
  'lint --lang') takes='words en nb ru eo de fr es'; return ;;
  'lint --format') takes='words text line json sarif github junit'; return ;;
  'lint --fail-on') takes='words error warning suggestion'; return ;;
  'lint --rule'|'lint -r') takes='words HD000 HD001 HD002 HD003 HD004 HD005 HD006 HD007 HD008 HD009 HD010 HD011 HD012 HD013 HD014 HD015 HD016 HD017 HD018 HD019 HD020 HD021 HD022 HD023 HD024 HD025 HD026 HD027 HD028 HD029 HD030 HD031 HD032 HD100'; return ;;
  'lint --allow') takes='text'; return ;;
  'lint --reason') takes='text'; return ;;
  'lint --template') takes='kind template'; return ;;
  'lint --baseline') takes='file'; return ;;
  'lint --explain') takes='words HD000 HD001 HD002 HD003 HD004 HD005 HD006 HD007 HD008 HD009 HD010 HD011 HD012 HD013 HD014 HD015 HD016 HD017 HD018 HD019 HD020 HD021 HD022 HD023 HD024 HD025 HD026 HD027 HD028 HD029 HD030 HD031 HD032 HD100'; return ;;
  'send --to') takes='text'; return ;;
  'send --set') takes='kind field'; return ;;
  'send --spent') takes='text'; return ;;
  'send --allow') takes='text'; return ;;
  'send --reason') takes='text'; return ;;
  'send --hold') takes='text'; return ;;
  'send --at') takes='text'; return ;;
  'send --max') takes='text'; return ;;
  'queue send --wait') takes='text'; return ;;
  'ack --account') takes='kind account'; return ;;
  'template show --lang') takes='text'; return ;;
  'template new --lang') takes='text'; return ;;
  'template new --title') takes='text'; return ;;
  'template new --from') takes='kind template'; return ;;
  'template new --body-file') takes='file'; return ;;
  'template test --lang') takes='text'; return ;;
  'template test --format') takes='words table tsv csv json ndjson markdown html junit sarif github'; return ;;
  'template lint --format') takes='words table tsv csv json ndjson markdown html junit sarif github'; return ;;
  'template lint --fail-on') takes='words error warning suggestion'; return ;;
  'template stats --since') takes='text'; return ;;
  'template stats --until') takes='text'; return ;;
  'template import --from') takes='words zendesk freshdesk helpscout freescout zammad chatwoot'; return ;;
  'template import --lang') takes='text'; return ;;
  'stats --since') takes='text'; return ;;
  'stats --until') takes='text'; return ;;
  'stats --by') takes='words channel account agent queue tag priority language organisation hour weekday day week month'; return ;;
  'stats --metric') takes='words frt frt_any turn first_resolution full_resolution requester_wait agent_wait time_unsolved customer_wait auto_ack agent_work on_hold periodic pausable abandon reopens replies touches stations handoffs fcr durable_resolution ratings all'; return ;;
  'stats --cohort') takes='words started answered period'; return ;;
  'stats --calendar') takes='text'; return ;;
  'stats --percentile') takes='text'; return ;;
  'stats --quantile') takes='words r1 r2 r6 r7 r8'; return ;;
  'stats --compare') takes='text'; return ;;
  'stats --account') takes='kind account'; return ;;
  'stats --input') takes='file'; return ;;
  'stats --mapping') takes='text'; return ;;
  'explain --metric') takes='words frt frt_any turn first_resolution full_resolution requester_wait agent_wait time_unsolved customer_wait auto_ack agent_work on_hold periodic pausable abandon'; return ;;
  'explain --calendar') takes='text'; return ;;
  'check --that') takes='text'; return ;;
  'check --by') takes='words channel account agent queue tag priority language organisation hour weekday day week month'; return ;;
  'check --since') takes='text'; return ;;
  'check --until') takes='text'; return ;;
  'check --calendar') takes='text'; return ;;
  'check --max-age') takes='text'; return ;;
  'check --min-n') takes='text'; return ;;
  'check --format') takes='words table tsv csv json ndjson markdown html junit nagios prometheus'; return ;;
  'check --account') takes='kind account'; return ;;
  'check --input') takes='file'; return ;;
  'check --mapping') takes='text'; return ;;
  'sla status --since') takes='text'; return ;;
  'sla status --until') takes='text'; return ;;
  'sla status --policy') takes='text'; return ;;
  'sla status --metric') takes='words frt turn periodic pausable requester_wait agent_work first_resolution full_resolution'; return ;;
  'sla status --account') takes='kind account'; return ;;
  'sla list --due') takes='words close next'; return ;;
  'sla list --policy') takes='text'; return ;;
  'sla list --metric') takes='words frt turn periodic pausable requester_wait agent_work first_resolution full_resolution'; return ;;
  'sla list --account') takes='kind account'; return ;;
  'sla list --limit'|'sla list -l') takes='text'; return ;;
  'sla explain --metric') takes='words frt turn periodic pausable requester_wait agent_work first_resolution full_resolution'; return ;;
  'sla explain --policy') takes='text'; return ;;
  'calendar show --from') takes='text'; return ;;
  'calendar show --days') takes='text'; return ;;
  'calendar test --from') takes='text'; return ;;
  'calendar test --to') takes='text'; return ;;
  'calendar test --due') takes='text'; return ;;
  'plan staff --calls') takes='text'; return ;;
  'plan staff --per') takes='text'; return ;;
  'plan staff --growth') takes='text'; return ;;
  'plan staff --aht') takes='text'; return ;;
  'plan staff --target') takes='text'; return ;;
  'plan staff --patience') takes='text'; return ;;
  'plan staff --formula') takes='words 1 2 3 4 5'; return ;;
  'plan staff --at-once') takes='text'; return ;;
  'plan staff --people') takes='text'; return ;;
  'plan staff --occupancy') takes='text'; return ;;
  'plan staff --shrinkage') takes='text'; return ;;
  'plan staff --channel') takes='words phone chat'; return ;;
  'plan staff --since') takes='text'; return ;;
  'plan staff --until') takes='text'; return ;;
  'plan staff --account') takes='kind account'; return ;;
  'plan workload --arrivals') takes='text'; return ;;
  'plan workload --per') takes='text'; return ;;
  'plan workload --growth') takes='text'; return ;;
  'plan workload --aht') takes='text'; return ;;
  'plan workload --hours') takes='text'; return ;;
  'plan workload --occupancy') takes='text'; return ;;
  'plan workload --shrinkage') takes='text'; return ;;
  'plan workload --people') takes='text'; return ;;
  'plan workload --open') takes='text'; return ;;
  'plan workload --channel') takes='words email web chat sms phone social_public social_direct forum issue api other'; return ;;
  'plan workload --calendar') takes='text'; return ;;
  'plan workload --since') takes='text'; return ;;
  'plan workload --until') takes='text'; return ;;
  'plan workload --account') takes='kind account'; return ;;
  'plan coverage --channel') takes='words email web chat sms phone social_public social_direct forum issue api other'; return ;;
  'plan coverage --calendar') takes='text'; return ;;
  'plan coverage --since') takes='text'; return ;;
  'plan coverage --until') takes='text'; return ;;
  'plan coverage --account') takes='kind account'; return ;;
  'plan cost --hourly') takes='text'; return ;;
  'plan cost --aht') takes='text'; return ;;
  'plan cost --at-once') takes='text'; return ;;
  'plan cost --platform') takes='text'; return ;;
  'plan cost --contacts') takes='text'; return ;;
  'plan cost --resolved') takes='text'; return ;;
  'plan cost --occupancy') takes='text'; return ;;
  'plan cost --shrinkage') takes='text'; return ;;
  'plan cost --channel') takes='words email web chat sms phone social_public social_direct forum issue api other'; return ;;
  'plan cost --since') takes='text'; return ;;
  'plan cost --until') takes='text'; return ;;
  'plan cost --account') takes='kind account'; return ;;
  'report --since') takes='text'; return ;;
  'report --detail') takes='words none subjects full'; return ;;
  'report --account') takes='kind account'; return ;;
  'digest --since') takes='text'; return ;;
  'digest --detail') takes='words none subjects full'; return ;;
  'digest --to') takes='text'; return ;;
  'digest --account') takes='kind account'; return ;;
  'export --since') takes='text'; return ;;
  'export --until') takes='text'; return ;;
  'export --account') takes='kind account'; return ;;
  'cron --every') takes='text'; return ;;
  'cron --digest-at') takes='text'; return ;;
  'cron --to') takes='text'; return ;;
  'systemd --every') takes='text'; return ;;
  'systemd --digest-at') takes='text'; return ;;
  'systemd --to') takes='text'; return ;;
  'kb search --lang') takes='text'; return ;;
  'kb search --limit'|'kb search -l') takes='text'; return ;;
  'kb show --lang') takes='text'; return ;;
  'auth status --json') takes='words list account method source detail'; return ;;
  'config list --json') takes='words list key value origin'; return ;;
  'account list --json') takes='words list account backend us send read_only pulled'; return ;;
  'backend list --json') takes='words list backend summary can'; return ;;
  'backend show --json') takes='words list setting type default required help'; return ;;
  'rule list --json') takes='words list name when set line'; return ;;
  'rule test --json') takes='words list ticket time from subject rule change'; return ;;
  'doctor --json') takes='words list account check verdict detail'; return ;;
  'list --json') takes='words list number waiting_seconds target requester requester_address subject status needs_reply reason priority assignee tags channel account queue language messages created updated waiting_since snoozed_until key reply due overdue promised_by promise promised promise_state'; return ;;
  'show --json') takes='words list number subject status requester messages events tags assignee key promises replies'; return ;;
  'search --json') takes='words list number time author subject snippet message'; return ;;
  'log --json') takes='words list seq time actor ticket what kind'; return ;;
  'draft --json') takes='words list id ticket changed subject text template state language title score why'; return ;;
  'approve --json') takes='words list draft ticket author changed subject state why approver approved_at hash'; return ;;
  'queue list --json') takes='words list id state created recipients subject attempts next_try error account message_id leaves ticket draft'; return ;;
  'ack --json') takes='words list ticket to subject state within basis n p80 left reason language channel asked account item text'; return ;;
  'template list --json') takes='words list name language title path tags channel required owner source'; return ;;
  'template test --json') takes='words list severity file line column rule message template language sample'; return ;;
  'template lint --json') takes='words list severity file line column rule message template language sample'; return ;;
  'template stats --json') takes='words list template sent asked_again asked_again_n reopened reopened_n to_close closed last'; return ;;
  'template import --json') takes='words list state template language path source title notes'; return ;;
  'stats --json') takes='words list group group2 metric n waiting competing excluded median median_lower median_upper p90 p90_lower p90_upper naive_mean naive_median answered longest clock naive_p90 count_of tickets total mean half tenth most share_of share share_lower share_upper yes no undecided rating_of score score_lower score_upper rated good neutral bad offered compared n_then n_now mean_then mean_now difference difference_lower difference_upper median_difference median_difference_lower median_difference_upper limit p_value mix rate trend_of periods slope verdict signal_of signal_at signal_median limit_lower limit_upper rule at unsolved came_in solved age_median age_p90 age_oldest in_status per_ticket time_share longest_share passage_from passage_to times stayed way way_tickets way_share way_median way_waiting back_from_pending ping_pong handed_on_unanswered check weight doubt figure excluded_from reason count'; return ;;
  'explain --json') takes='words list metric length business sum outcome meaning piece_of from from_event from_what to to_event to_what piece_length piece_business open_of open_from open_to open_length excluded_from reason turn cycle start end how turn_length status segment_from segment_to segment_length event time what way alike remaining_median remaining_p90 reopens replies touches stations handoffs fcr durable_resolution'; return ;;
  'check --json') takes='words list result check group group2 value wanted n reason failed in_group number age state subject summary'; return ;;
  'sla status --json') takes='words list policy metric target calendar attainment lower upper met breached overdue undecided paused void'; return ;;
  'sla list --json') takes='words list number state metric remaining due risk requester subject assignee elapsed target overdue started breach_at cause policy calendar priority channel account'; return ;;
  'sla explain --json') takes='words list metric instance state elapsed target grace overdue start due breached_after breach_at cause stopped policy calendar in_force_from in_force priority because run_of run_instance open_from open_to run_length run_calendar time event_of event_instance event what'; return ;;
  'calendar show --json') takes='words list calendar zone hours week open until name valid_from version_zone version_hours version_week date weekday open_time why exception_date exception_hours exception_name'; return ;;
  'calendar test --json') takes='words list from open next_open to elapsed calendar_time due due_close due_next open_from open_to open_length'; return ;;
  'plan staff --json') takes='words list measured_level formula level_1 level_2 level_3 level_4 level_5 answered hung_up people payroll model service_level mean_wait p90_wait waits occupancy abandoned queue enough hour mean_arrivals hours people_needed'; return ;;
  'plan workload --json') takes='words list channel arrivals handling work full_time basis left so_many so_much at_least'; return ;;
  'plan coverage --json') takes='words list weekday hour written answered times open_share gap_hour gap_written gap_answered gap_share'; return ;;
  'plan cost --json') takes='words list channel contacts handling per_contact whole resolved undecided per_resolution basis'; return ;;
  'report --json') takes='words list number waiting from address subject text channel group metric n competing excluded median median_lower median_upper p90 p90_lower p90_upper naive_mean naive_median answered longest tag tickets due state promise'; return ;;
  'digest --json') takes='words list number waiting from address subject text channel group metric n competing excluded median median_lower median_upper p90 p90_lower p90_upper naive_mean naive_median answered longest tag tickets due state promise'; return ;;
  'export --json') takes='words list number waiting_seconds target requester requester_address subject status needs_reply reason priority assignee tags channel account queue language messages created updated waiting_since snoozed_until key ticket_key time direction visibility author author_address role automation delivery message_id attachments text turn cycle start end how waited_seconds agent left_out'; return ;;
  'kb list --json') takes='words list name language title path url changed'; return ;;
  'kb search --json') takes='words list name language title text path score'; return ;;
  esac
  case $2 in
  --format) takes='words table tsv csv json ndjson markdown html' ;;
  --output|-o) takes='file' ;;
  --json) takes='text' ;;
  --jq) takes='text' ;;
  --render) takes='text' ;;
  --now) takes='text' ;;
  --config) takes='file' ;;
  --store) takes='directory' ;;
  --color) takes='words auto always never' ;;
  esac
}
# What an argument is: $1 the command, $2 how many stand before it.
_helpdesk_argument() {
  takes=
  case "$1 $2" in
  'help '[0-9]*) takes='words help init auth config account backend rule store doctor pull list show search set note new forward contact snooze undo log erase draft lint approve send queue ack template stats explain check sla calendar plan report digest export cron systemd kb flags exit-codes environment metrics templates' ;;
  'auth login 0') takes='kind account' ;;
  'auth logout 0') takes='kind account' ;;
  'auth status 0') takes='kind account' ;;
  'config get 0') takes='text' ;;
  'config set 0') takes='text' ;;
  'config set '[0-9]*) takes='text' ;;
  'config list 0') takes='text' ;;
  'account add 0') takes='text' ;;
  'account test 0') takes='kind account' ;;
  'backend show 0') takes='text' ;;
  'rule test 0') takes='text' ;;
  'store backup 0') takes='file' ;;
  'doctor '[0-9]*) takes='kind account' ;;
  'pull '[0-9]*) takes='kind account' ;;
  'list '[0-9]*) takes='kind query' ;;
  'show 0') takes='kind ticket' ;;
  'show 1') takes='text' ;;
  'search '[0-9]*) takes='kind query' ;;
  'set '[0-9]*) takes='kind field' ;;
  'note 0') takes='kind ticket' ;;
  'note 1') takes='text' ;;
  'new 0') takes='text' ;;
  'forward 0') takes='kind ticket' ;;
  'contact show 0') takes='text' ;;
  'contact merge 0') takes='text' ;;
  'contact merge 1') takes='text' ;;
  'contact unmerge 0') takes='text' ;;
  'snooze '[0-9]*) takes='kind ticket' ;;
  'undo 0') takes='text' ;;
  'log 0') takes='kind ticket' ;;
  'erase 0') takes='kind ticket' ;;
  'draft 0') takes='kind ticket' ;;
  'lint 0') takes='file' ;;
  'approve '[0-9]*) takes='kind ticket' ;;
  'send '[0-9]*) takes='kind ticket' ;;
  'queue show 0') takes='text' ;;
  'queue send 0') takes='text' ;;
  'queue cancel 0') takes='text' ;;
  'queue settle 0') takes='text' ;;
  'queue settle 1') takes='words sent again' ;;
  'template show 0') takes='kind template' ;;
  'template new 0') takes='text' ;;
  'template test 0') takes='kind template' ;;
  'template lint 0') takes='kind template' ;;
  'template stats 0') takes='kind template' ;;
  'template import 0') takes='file' ;;
  'explain 0') takes='kind ticket' ;;
  'sla explain 0') takes='kind ticket' ;;
  'calendar show 0') takes='text' ;;
  'calendar test 0') takes='text' ;;
  'export 0') takes='words tickets messages turns' ;;
  'systemd 0') takes='text' ;;
  'kb add '[0-9]*) takes='file' ;;
  'kb search '[0-9]*) takes='text' ;;
  'kb show 0') takes='text' ;;
  esac
}

_helpdesk() {
  local cur=${COMP_WORDS[COMP_CWORD]} command= flag= takes= word known count=0 i
  local -a next
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    [[ $word == = ]] && continue
    if [[ -n $flag ]]; then
      flag=
      continue
    fi
    if [[ $word == -?* ]]; then
      _helpdesk_value "$command" "$word"
      [[ -n $takes ]] && flag=$word
      continue
    fi
    _helpdesk_words "$command"
    known=
    for next in "${next[@]}"; do [[ $next == "$word" ]] && known=1; done
    if [[ -n $known ]]; then
      command=${command:+$command }$word
    else
      ((count++))
    fi
  done
  [[ $cur == = ]] && cur=
  takes=
  if [[ -n $flag ]]; then
    _helpdesk_value "$command" "$flag"
  elif [[ $cur == -* ]]; then
    _helpdesk_flags "$command"
    COMPREPLY=($(compgen -W "${next[*]}" -- "$cur"))
    return
  else
    _helpdesk_words "$command"
    if ((${#next[@]})); then
      COMPREPLY=($(compgen -W "${next[*]}" -- "$cur"))
      return
    fi
    _helpdesk_argument "$command" "$count"
  fi
  case $takes in
  words\ *) COMPREPLY=($(compgen -W "${takes#words }" -- "$cur")) ;;
  kind\ *) mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" complete "${takes#kind }" "$cur" 2>/dev/null | cut -f1) ;;
  file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
  directory) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
  esac
}
complete -F _helpdesk helpdesk
