using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.LimitedFeed;

/// <summary>Operations over the protocol awsQuery: a form goes out, XML comes back.</summary>
/// <param name="service">Whose operations they are.</param>
/// <param name="exception">Chooses the exception for an error answer.</param>
internal sealed class QueryProtocol(Service service, Func<Fault, AmazonServiceException> exception)
{
    public InvokeOptions Operation<TRequest, TResponse>(string name, Action<QueryForm, TRequest> write, Func<XElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse => new()
        {
            RequestMarshaller = new RequestMarshaller<TRequest>(service, (input, request) =>
            {
                var form = new QueryForm(request.Parameters, prefix: "");
                form.Text("Action", name);
                form.Text("Version", service.Version);
                write(form, input);
            }),
            ResponseUnmarshaller = new Unmarshaller(xml => read(xml.Child($"{name}Result")), exception),
        };

    private sealed class Unmarshaller(
        Func<XElement, AmazonWebServiceResponse> unmarshall,
        Func<Fault, AmazonServiceException> exception) : XmlResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            XElement root = XElement.Load(input.Stream);
            AmazonWebServiceResponse response = unmarshall(root);
            response.ResponseMetadata = new ResponseMetadata { RequestId = root.Child("ResponseMetadata")?.Text("RequestId") };
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            exception(new Fault(XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input), input, innerException, statusCode));
    }
}

/// <summary>Parameters of a form; what is null is left out, what is nested is numbered and dotted.</summary>
internal readonly struct QueryForm(IDictionary<string, string> parameters, string prefix)
{
    public void Text(string name, string value)
    {
        if (value is not null)
            parameters[prefix + name] = value;
    }

    public void Flag(string name, bool? value) => Text(name, value is { } flag ? (flag ? "true" : "false") : null);

    public void Blob(string name, MemoryStream value) => Text(name, value is null ? null : Convert.ToBase64String(value.ToArray()));

    public void List<T>(string name, List<T> values, Action<QueryForm, T> write)
    {
        for (int i = 0; i < (values?.Count ?? 0); i++)
            write(Nested($"{name}.member", i + 1), values[i]);
    }

    public void TextMap(string name, Dictionary<string, string> values)
    {
        int number = 0;
        foreach ((string key, string value) in values ?? [])
        {
            QueryForm entry = Nested($"{name}.entry", ++number);
            entry.Text("key", key);
            entry.Text("value", value);
        }
    }

    public void Map<T>(string name, string keyName, Dictionary<string, T> values, Action<QueryForm, T> write)
    {
        int number = 0;
        foreach ((string key, T value) in values ?? [])
        {
            QueryForm entry = Nested($"{name}.entry", ++number);
            entry.Text(keyName, key);
            write(new QueryForm(parameters, $"{entry.Prefix}Value."), value);
        }
    }

    private string Prefix => prefix;

    private QueryForm Nested(string name, int number) =>
        new(parameters, $"{prefix}{name}.{number.ToString(CultureInfo.InvariantCulture)}.");
}

/// <summary>Reading without ceremony: what is absent is null, and no service's namespace matters.</summary>
internal static class XElementExtensions
{
    extension(XElement xml)
    {
        public XElement Child(string name) => xml.Elements().FirstOrDefault(element => element.Name.LocalName == name);

        public string Text(string name) => xml.Child(name)?.Value;

        public bool? Flag(string name) => xml.Text(name) is { } flag ? bool.Parse(flag) : null;

        public List<T> List<T>(string name, Func<XElement, T> read) => xml.Child(name)?.Elements().Select(read).ToList();
    }
}
