namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>
/// Every word that this function itself says to an agent, in one language; what is not in here is a customer's, a business's or WhatsApp's. To customers it says
/// none, only emoji.
/// </summary>
internal sealed record Texts
{
    public static Texts English { get; } = new()
    {
        EmptyMessage = "Empty message",
        Image = "Image",
        Video = "Video",
        VoiceMessage = "Voice message",
        Audio = "Audio",
        Document = "Document",
        Sticker = "Sticker",
        AnimatedSticker = "Animated sticker",
        Location = "Location",
        Contact = "Contact",
        Birthday = "Birthday",
        Order = "Order",
        Each = "each",
        Form = "Form",
        Address = "Address",
        Product = "Product",
        Answer = "Answer",
        TappedButton = "Tapped a button",
        CallsAllowed = "Calls allowed",
        CallsAllowedUntil = "Calls allowed until",
        CallsAlwaysAllowed = "Calls always allowed",
        CallsDeclined = "Calls declined",
        Reaction = "Reaction",
        ReactionRemoved = "Reaction removed",
        Edited = "Edited",
        EditedMessage = "Edited a message",
        DeletedMessage = "Deleted a message",
        OpenedChat = "Opened the chat for the first time",
        NewNumber = "Has a new number",
        Notice = "Notice of WhatsApp",
        CannotBeShown = "Message that WhatsApp cannot show",
        Error = "WhatsApp error",
        OtherKind = "Message of another kind",
        ReplyToUs = "In reply to a message of ours",
        ReplyToThemselves = "In reply to a message of their own",
        Forwarded = "Forwarded",
        ForwardedOften = "Forwarded many times",
        AboutProduct = "About product",
        FromAdvertisement = "Came from an advertisement",
        FromPost = "Came from a post",
        Late = "Late: written before what is above",
        Yes = "yes",
        No = "no",
    };

    public static Texts Spanish { get; } = new()
    {
        EmptyMessage = "Mensaje vacío",
        Image = "Imagen",
        Video = "Vídeo",
        VoiceMessage = "Mensaje de voz",
        Audio = "Audio",
        Document = "Documento",
        Sticker = "Sticker",
        AnimatedSticker = "Sticker animado",
        Location = "Ubicación",
        Contact = "Contacto",
        Birthday = "Cumpleaños",
        Order = "Pedido",
        Each = "cada uno",
        Form = "Formulario",
        Address = "Dirección",
        Product = "Producto",
        Answer = "Respuesta",
        TappedButton = "Tocó un botón",
        CallsAllowed = "Llamadas permitidas",
        CallsAllowedUntil = "Llamadas permitidas hasta",
        CallsAlwaysAllowed = "Llamadas permitidas siempre",
        CallsDeclined = "Llamadas rechazadas",
        Reaction = "Reacción",
        ReactionRemoved = "Reacción quitada",
        Edited = "Editado",
        EditedMessage = "Editó un mensaje",
        DeletedMessage = "Eliminó un mensaje",
        OpenedChat = "Abrió el chat por primera vez",
        NewNumber = "Tiene un número nuevo",
        Notice = "Aviso de WhatsApp",
        CannotBeShown = "Mensaje que WhatsApp no puede mostrar",
        Error = "Fallo de WhatsApp",
        OtherKind = "Mensaje de otro tipo",
        ReplyToUs = "En respuesta a un mensaje nuestro",
        ReplyToThemselves = "En respuesta a un mensaje propio",
        Forwarded = "Reenviado",
        ForwardedOften = "Reenviado muchas veces",
        AboutProduct = "Sobre el producto",
        FromAdvertisement = "Llegó por un anuncio",
        FromPost = "Llegó por una publicación",
        Late = "Con retraso: escrito antes de lo anterior",
        Yes = "sí",
        No = "no",
    };

    public static Texts Portuguese { get; } = new()
    {
        EmptyMessage = "Mensagem vazia",
        Image = "Imagem",
        Video = "Vídeo",
        VoiceMessage = "Mensagem de voz",
        Audio = "Áudio",
        Document = "Documento",
        Sticker = "Figurinha",
        AnimatedSticker = "Figurinha animada",
        Location = "Localização",
        Contact = "Contato",
        Birthday = "Aniversário",
        Order = "Pedido",
        Each = "cada",
        Form = "Formulário",
        Address = "Endereço",
        Product = "Produto",
        Answer = "Resposta",
        TappedButton = "Tocou em um botão",
        CallsAllowed = "Chamadas permitidas",
        CallsAllowedUntil = "Chamadas permitidas até",
        CallsAlwaysAllowed = "Chamadas sempre permitidas",
        CallsDeclined = "Chamadas recusadas",
        Reaction = "Reação",
        ReactionRemoved = "Reação removida",
        Edited = "Editado",
        EditedMessage = "Editou uma mensagem",
        DeletedMessage = "Apagou uma mensagem",
        OpenedChat = "Abriu a conversa pela primeira vez",
        NewNumber = "Tem um número novo",
        Notice = "Aviso do WhatsApp",
        CannotBeShown = "Mensagem que o WhatsApp não consegue mostrar",
        Error = "Falha do WhatsApp",
        OtherKind = "Mensagem de outro tipo",
        ReplyToUs = "Em resposta a uma mensagem nossa",
        ReplyToThemselves = "Em resposta a uma mensagem própria",
        Forwarded = "Encaminhada",
        ForwardedOften = "Encaminhada muitas vezes",
        AboutProduct = "Sobre o produto",
        FromAdvertisement = "Veio de um anúncio",
        FromPost = "Veio de uma publicação",
        Late = "Com atraso: escrito antes do que está acima",
        Yes = "sim",
        No = "não",
    };

    /// <summary>By the values of the setting <c>language</c>.</summary>
    public static IReadOnlyDictionary<string, Texts> Languages { get; } =
        new Dictionary<string, Texts> { ["en"] = English, ["es"] = Spanish, ["pt"] = Portuguese };

    public required string EmptyMessage { get; init; }

    public required string Image { get; init; }

    public required string Video { get; init; }

    public required string VoiceMessage { get; init; }

    public required string Audio { get; init; }

    public required string Document { get; init; }

    public required string Sticker { get; init; }

    public required string AnimatedSticker { get; init; }

    public required string Location { get; init; }

    public required string Contact { get; init; }

    public required string Birthday { get; init; }

    public required string Order { get; init; }

    public required string Each { get; init; }

    public required string Form { get; init; }

    public required string Address { get; init; }

    public required string Product { get; init; }

    public required string Answer { get; init; }

    public required string TappedButton { get; init; }

    public required string CallsAllowed { get; init; }

    public required string CallsAllowedUntil { get; init; }

    public required string CallsAlwaysAllowed { get; init; }

    public required string CallsDeclined { get; init; }

    public required string Reaction { get; init; }

    public required string ReactionRemoved { get; init; }

    public required string Edited { get; init; }

    public required string EditedMessage { get; init; }

    public required string DeletedMessage { get; init; }

    public required string OpenedChat { get; init; }

    public required string NewNumber { get; init; }

    public required string Notice { get; init; }

    public required string CannotBeShown { get; init; }

    public required string Error { get; init; }

    public required string OtherKind { get; init; }

    public required string ReplyToUs { get; init; }

    public required string ReplyToThemselves { get; init; }

    public required string Forwarded { get; init; }

    public required string ForwardedOften { get; init; }

    public required string AboutProduct { get; init; }

    public required string FromAdvertisement { get; init; }

    public required string FromPost { get; init; }

    public required string Late { get; init; }

    public required string Yes { get; init; }

    public required string No { get; init; }
}
