namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>
/// Every word that this function itself says to an agent, in one language; what is not in here is a customer's, a business's or WhatsApp's. To customers it says
/// none, only emoji.
/// </summary>
internal sealed partial record Texts
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
        EditedMark = "(edited)",
        Deleted = "Deleted",
        OpenedChat = "Opened the chat for the first time",
        NewNumber = "Has a new number",
        Notice = "Notice of WhatsApp",
        CannotBeShown = "Message that WhatsApp cannot show",
        Error = "WhatsApp error",
        OtherKind = "Message of another kind",
        ReplyTo = "In reply to",
        To = "to",
        AMessage = "a message",
        AMessageOfOurs = "a message of ours",
        AMessageOfTheirOwn = "a message of their own",
        AnImage = "an image",
        AVideo = "a video",
        ARecording = "a recording",
        ADocument = "a document",
        ASticker = "a sticker",
        ALocation = "a location",
        AContact = "a contact",
        AnOrder = "an order",
        Forwarded = "Forwarded",
        ForwardedOften = "Forwarded many times",
        AboutProduct = "About product",
        FromAdvertisement = "Came from an advertisement",
        FromPost = "Came from a post",
        Late = "Late: written",
        Group = "Group",
        Images = "images",
        Videos = "videos",
        Recordings = "recordings",
        Documents = "documents",
        Stickers = "stickers",
        Files = "files",
        FileFollows = "follows",
        FileGone = "WhatsApp no longer has it",
        FileNotFetched = "cannot be fetched",
        FileNotAttached = "cannot be shown here",
        TooManyFiles = "this chat takes no more files",
        Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
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
        Edited = "Editó",
        EditedMark = "(editado)",
        Deleted = "Eliminó",
        OpenedChat = "Abrió el chat por primera vez",
        NewNumber = "Tiene un número nuevo",
        Notice = "Aviso de WhatsApp",
        CannotBeShown = "Mensaje que WhatsApp no puede mostrar",
        Error = "Fallo de WhatsApp",
        OtherKind = "Mensaje de otro tipo",
        ReplyTo = "En respuesta a",
        To = "a",
        AMessage = "un mensaje",
        AMessageOfOurs = "un mensaje nuestro",
        AMessageOfTheirOwn = "un mensaje propio",
        AnImage = "una imagen",
        AVideo = "un vídeo",
        ARecording = "un audio",
        ADocument = "un documento",
        ASticker = "un sticker",
        ALocation = "una ubicación",
        AContact = "un contacto",
        AnOrder = "un pedido",
        Forwarded = "Reenviado",
        ForwardedOften = "Reenviado muchas veces",
        AboutProduct = "Sobre el producto",
        FromAdvertisement = "Llegó por un anuncio",
        FromPost = "Llegó por una publicación",
        Late = "Con retraso: escrito el",
        Group = "Grupo",
        Images = "imágenes",
        Videos = "vídeos",
        Recordings = "grabaciones",
        Documents = "documentos",
        Stickers = "stickers",
        Files = "archivos",
        FileFollows = "sigue",
        FileGone = "WhatsApp ya no lo tiene",
        FileNotFetched = "no se puede obtener",
        FileNotAttached = "no se puede mostrar aquí",
        TooManyFiles = "este chat no admite más archivos",
        Months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
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
        Edited = "Editou",
        EditedMark = "(editada)",
        Deleted = "Apagou",
        OpenedChat = "Abriu a conversa pela primeira vez",
        NewNumber = "Tem um número novo",
        Notice = "Aviso do WhatsApp",
        CannotBeShown = "Mensagem que o WhatsApp não consegue mostrar",
        Error = "Falha do WhatsApp",
        OtherKind = "Mensagem de outro tipo",
        ReplyTo = "Em resposta a",
        To = "a",
        AMessage = "uma mensagem",
        AMessageOfOurs = "uma mensagem nossa",
        AMessageOfTheirOwn = "uma mensagem própria",
        AnImage = "uma imagem",
        AVideo = "um vídeo",
        ARecording = "um áudio",
        ADocument = "um documento",
        ASticker = "uma figurinha",
        ALocation = "uma localização",
        AContact = "um contato",
        AnOrder = "um pedido",
        Forwarded = "Encaminhada",
        ForwardedOften = "Encaminhada muitas vezes",
        AboutProduct = "Sobre o produto",
        FromAdvertisement = "Veio de um anúncio",
        FromPost = "Veio de uma publicação",
        Late = "Com atraso: escrito em",
        Group = "Grupo",
        Images = "imagens",
        Videos = "vídeos",
        Recordings = "gravações",
        Documents = "documentos",
        Stickers = "figurinhas",
        Files = "arquivos",
        FileFollows = "vem em seguida",
        FileGone = "o WhatsApp não o tem mais",
        FileNotFetched = "não pode ser obtido",
        FileNotAttached = "não pode ser mostrado aqui",
        TooManyFiles = "esta conversa não aceita mais arquivos",
        Months = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
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

    /// <summary>Behind a text that was edited before anybody saw it.</summary>
    public required string EditedMark { get; init; }

    public required string Deleted { get; init; }

    public required string OpenedChat { get; init; }

    public required string NewNumber { get; init; }

    public required string Notice { get; init; }

    public required string CannotBeShown { get; init; }

    public required string Error { get; init; }

    public required string OtherKind { get; init; }

    public required string ReplyTo { get; init; }

    public required string To { get; init; }

    public required string AMessage { get; init; }

    public required string AMessageOfOurs { get; init; }

    public required string AMessageOfTheirOwn { get; init; }

    public required string AnImage { get; init; }

    public required string AVideo { get; init; }

    public required string ARecording { get; init; }

    public required string ADocument { get; init; }

    public required string ASticker { get; init; }

    public required string ALocation { get; init; }

    public required string AContact { get; init; }

    public required string AnOrder { get; init; }

    public required string Forwarded { get; init; }

    public required string ForwardedOften { get; init; }

    public required string AboutProduct { get; init; }

    public required string FromAdvertisement { get; init; }

    public required string FromPost { get; init; }

    public required string Late { get; init; }

    public required string Group { get; init; }

    public required string Images { get; init; }

    public required string Videos { get; init; }

    public required string Recordings { get; init; }

    public required string Documents { get; init; }

    public required string Stickers { get; init; }

    public required string Files { get; init; }

    public required string FileFollows { get; init; }

    public required string FileGone { get; init; }

    public required string FileNotFetched { get; init; }

    public required string FileNotAttached { get; init; }

    public required string TooManyFiles { get; init; }

    /// <summary>As they stand in a date.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    public required string Yes { get; init; }

    public required string No { get; init; }
}
