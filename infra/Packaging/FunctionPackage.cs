namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>A function's code as Lambda takes it.</summary>
/// <param name="Directory">The folder to upload.</param>
/// <param name="Handler">The handler setting.</param>
/// <param name="Runtime">Lambda's name of the runtime it needs.</param>
internal sealed record FunctionPackage(string Directory, string Handler, string Runtime);
