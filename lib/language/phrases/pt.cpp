#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "obrigado", "obrigada", "muito obrigado", "muito obrigada", "agradeço", "agradecemos", "valeu", "grato", "grata",
    "perfeito", "ótimo", "excelente",
};
Text k_filler[] = {
    "a", "agora", "ajuda", "atendimento", "atenção", "bem", "boa", "bom", "certo", "chegou", "com", "da", "de", "deu",
    "dia", "e", "é", "em", "está", "esclarecimento", "foi", "fim", "funcionou", "funciona", "informação", "informações",
    "já", "me", "meu", "minha", "muito", "na", "o", "obrigado", "ok", "olá", "os", "pela", "pelas", "pelo", "pelos",
    "por", "pronta", "rapidez", "rápida", "rápido", "recebi", "recebido", "resolvido", "resposta", "retorno", "semana",
    "serviço", "sim", "sua", "suas", "suporte", "tarde", "tudo", "um", "uma", "vocês", "você", "mais", "vez",
    "novamente", "mesmo",
};
Text k_objections[] = {
    "mas", "não", "porém", "ainda", "contudo", "infelizmente", "nunca", "desde já", "antecipadamente", "erro", "falta",
    "exceto",
    "nada", "ninguém",
};
Text k_question_openings[] = {
    "como posso", "como faço", "como é", "quanto", "quantos", "quando", "por que", "porque é", "onde", "o que", "qual",
    "quais", "quem", "pode", "podem", "poderia", "poderiam", "posso", "podemos", "é possível", "tem como", "há alguma",
    "há algum", "vocês têm", "você pode", "vocês podem", "seria possível", "alguma novidade", "será que",
};
Text k_question_phrases[] = {
    "gostaria de saber", "queria saber", "quero saber", "tenho uma dúvida", "tenho uma pergunta", "pode me dizer",
    "podem me dizer", "poderia me informar", "é possível", "me avise", "me pergunto",
};
Text k_courtesy[] = {
    "como vai", "como está", "tudo bem",
};
Text k_requests[] = {
    "por favor", "preciso", "precisamos", "gostaria", "gostaríamos", "quero", "solicito", "solicitamos", "poderia",
    "poderiam", "pode", "podem", "enviem", "envie", "urgente", "peço",
};
Text k_sign_offs[] = {
    "atenciosamente", "cumprimentos", "abraço", "abraços", "att", "com os melhores cumprimentos",
    "melhores cumprimentos", "cordialmente", "bom dia", "bom fim de semana", "saudações",
};
Text k_greetings[] = {
    "olá", "oi", "bom dia", "boa tarde", "boa noite", "prezado", "prezada", "prezados", "caro", "cara", "caros",
};
Text k_away[] = {
    "fora do escritório", "estou de férias", "ausente do escritório", "estarei ausente", "acesso limitado ao e-mail",
    "de volta no dia",
};
Text k_unsubscribe[] = {
    "cancelar inscrição", "descadastrar", "cancelar a subscrição", "remover meu e-mail", "não quero mais receber",
    "sair da lista",
};
// clang-format on

} // namespace

const Phrases k_phrases_pt{
    "pt",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
