namespace WhatsAppBuffer.ConnectEventHandler.Agents;

/// <summary>Every word that this function says to agents, in one language.</summary>
/// <param name="Locale">As Amazon Connect names it.</param>
/// <param name="Somebody">A customer whose name is not known.</param>
/// <param name="Words">Puts name, first words of the answer, and reason together.</param>
/// <param name="Reasons">Why an answer is not delivered.</param>
internal sealed record NoticeTexts(string Locale, string Somebody, Func<string, string, string, string> Words, IReadOnlyDictionary<Cause, string> Reasons)
{
    public static IReadOnlyList<NoticeTexts> All { get; } =
    [
        new("en_US", "a customer", (name, answer, reason) => $"Not delivered to {name}: \"{answer}\": {reason}", new Dictionary<Cause, string>
        {
            [Cause.OutsideTheWindow] = "more than 24 hours have passed since the customer last wrote",
            [Cause.Undeliverable] = "WhatsApp cannot reach the customer",
            [Cause.Marketing] = "WhatsApp limits marketing messages to this customer",
            [Cause.Rate] = "too many messages at once; try again later",
            [Cause.FileType] = "WhatsApp does not take files of this type",
            [Cause.FileTooLarge] = "the file is too large for WhatsApp",
            [Cause.FileNotReadable] = "the file could not be read: the chat had ended",
            [Cause.FileNotTaken] = "WhatsApp did not take the file",
            [Cause.Other] = "WhatsApp does not say why",
        }),
        new("es_ES", "un cliente", (name, answer, reason) => $"No entregado a {name}: \"{answer}\": {reason}", new Dictionary<Cause, string>
        {
            [Cause.OutsideTheWindow] = "han pasado más de 24 horas desde el último mensaje del cliente",
            [Cause.Undeliverable] = "WhatsApp no puede contactar con el cliente",
            [Cause.Marketing] = "WhatsApp limita los mensajes de marketing a este cliente",
            [Cause.Rate] = "demasiados mensajes a la vez; inténtelo más tarde",
            [Cause.FileType] = "WhatsApp no admite archivos de este tipo",
            [Cause.FileTooLarge] = "el archivo es demasiado grande para WhatsApp",
            [Cause.FileNotReadable] = "no se pudo leer el archivo: el chat ya había terminado",
            [Cause.FileNotTaken] = "WhatsApp no aceptó el archivo",
            [Cause.Other] = "WhatsApp no dice por qué",
        }),
        new("pt_BR", "um cliente", (name, answer, reason) => $"Não entregue a {name}: \"{answer}\": {reason}", new Dictionary<Cause, string>
        {
            [Cause.OutsideTheWindow] = "passaram-se mais de 24 horas desde a última mensagem do cliente",
            [Cause.Undeliverable] = "o WhatsApp não consegue contatar o cliente",
            [Cause.Marketing] = "o WhatsApp limita mensagens de marketing a este cliente",
            [Cause.Rate] = "mensagens demais de uma vez; tente mais tarde",
            [Cause.FileType] = "o WhatsApp não aceita arquivos deste tipo",
            [Cause.FileTooLarge] = "o arquivo é grande demais para o WhatsApp",
            [Cause.FileNotReadable] = "não foi possível ler o arquivo: o chat já tinha terminado",
            [Cause.FileNotTaken] = "o WhatsApp não aceitou o arquivo",
            [Cause.Other] = "o WhatsApp não diz por quê",
        }),
    ];
}
