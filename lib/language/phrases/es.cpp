#include "language/phrases.hpp"

namespace helpdesk::language {
namespace {

using Text = const std::string_view;

// clang-format off
Text k_thanks[] = {
    "gracias", "muchas gracias", "mil gracias", "muchísimas gracias", "se agradece", "te agradezco", "les agradezco",
    "le agradezco", "perfecto", "genial", "estupendo",
};
Text k_filler[] = {
    "a", "agradezco", "ahora", "atención", "ayuda", "ayudarme", "ayudar", "bien", "buen", "buena", "buenas", "buenos",
    "como", "con", "de", "del", "día", "el", "en", "es", "esta", "está", "excelente", "funciona", "funcionó",
    "información", "la", "las", "lo", "los", "me", "mi", "mucho", "muchas", "muy", "nuevo", "ok", "otra", "para",
    "perfectamente", "por", "pronta", "pronto", "que", "rapidez", "rápida", "rápido", "recibido", "recibida",
    "resuelto", "resolver", "respuesta", "saludo", "saludos", "servicio", "sí", "solucionado", "soporte", "su", "sus",
    "tarde", "tardes", "te", "todo", "toda", "tu", "un", "una", "vez", "vuestra", "y", "ya", "fin", "semana", "les",
    "llegó", "amable", "amabilidad", "equipo", "gran", "trabajo", "queda", "quedo",
};
Text k_objections[] = {
    "pero", "no", "sin embargo", "todavía no", "aún", "lamentablemente", "nunca", "de antemano", "por adelantado",
    "error", "falta", "excepto", "antemano",
    "nada", "nadie", "ningún", "ninguna",
};
Text k_question_openings[] = {
    "cómo", "cuánto", "cuánta", "cuántos", "cuándo", "por qué", "dónde", "qué", "quién", "cuál", "cuáles", "puede",
    "pueden", "puedes", "podría", "podrían", "podrías", "puedo", "podemos", "hay alguna", "hay algún", "tienen",
    "tiene usted", "es posible", "sería posible", "me puede", "me pueden", "me podría", "me podrían", "sabe", "saben",
    "alguna novedad",
};
Text k_question_phrases[] = {
    "quisiera saber", "quería saber", "me gustaría saber", "quiero saber", "me pregunto", "tengo una pregunta",
    "tengo una duda", "podría decirme", "puede decirme", "me puede decir", "es posible", "díganme", "necesito saber",
};
Text k_courtesy[] = {
    "cómo está", "cómo estás", "cómo están", "qué tal",
};
Text k_requests[] = {
    "por favor", "porfavor", "necesito", "necesitamos", "quisiera", "quiero", "me gustaría", "podría", "podrían",
    "puede", "pueden", "envíenme", "envíeme", "ruego", "solicito", "urgente", "agradecería",
};
Text k_sign_offs[] = {
    "saludos", "un saludo", "saludos cordiales", "atentamente", "cordialmente", "un cordial saludo", "atte",
    "que tenga un buen día", "buen día", "buen fin de semana", "un abrazo",
};
Text k_greetings[] = {
    "hola", "buenos días", "buenas tardes", "buenas noches", "estimado", "estimada", "estimados", "buenas", "querido",
    "querida",
};
Text k_away[] = {
    "fuera de la oficina", "fuera de oficina", "estoy de vacaciones", "ausente de la oficina", "me encuentro ausente",
    "estaré ausente", "acceso limitado a mi correo", "de vuelta el",
};
Text k_unsubscribe[] = {
    "darme de baja", "darse de baja", "date de baja", "cancelar suscripción", "cancelar la suscripción", "dar de baja", "desuscribir",
    "no quiero recibir",
};
// clang-format on

} // namespace

const Phrases k_phrases_es{
    "es",       k_thanks,    k_filler,    k_objections, k_question_openings, k_question_phrases, k_courtesy,
    k_requests, k_sign_offs, k_greetings, k_away,       k_unsubscribe};

} // namespace helpdesk::language
