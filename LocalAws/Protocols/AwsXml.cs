using System.Text;
using System.Xml;
using System.Xml.Linq;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>Answers in XML.</summary>
internal static class AwsXml
{
    /// <summary>As AWS does, a character that XML 1.0 does not know is written as a reference to it: what a client sent comes back to it.</summary>
    private static readonly XmlWriterSettings Settings = new() { CheckCharacters = false, OmitXmlDeclaration = true };

    /// <param name="contentType">The content type.</param>
    /// <param name="root">The document.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="declaration">What stands before the document.</param>
    public static AwsResponse Write(string contentType, XElement root, int statusCode = 200, string declaration = "")
    {
        var text = new StringBuilder(declaration);
        using (var writer = XmlWriter.Create(text, Settings))
        {
            root.WriteTo(writer);
        }

        return AwsResponse.Text(contentType, text.ToString(), statusCode);
    }
}
