using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

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
            XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            ErrorResponse error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
            return new Fault(error, input, innerException, statusCode).ToException(exception);
        }
    }
}

/// <summary>Parameters of a form: what is null is left out, what repeats is numbered.</summary>
internal readonly struct QueryForm(IDictionary<string, string> parameters, string prefix)
{
    public void Text(string name, string value)
    {
        if (value is not null)
        {
            parameters[prefix + name] = value;
        }
    }

    public void Flag(string name, bool? value) => Text(name, StringUtils.FromBool(value));

    public void Blob(string name, MemoryStream value) => Text(name, value is null ? null : StringUtils.FromMemoryStream(value));

    public void List<T>(string name, List<T> values, Action<QueryForm, T> write) => Number($"{name}.member", values, write);

    public void Map<T>(string name, Dictionary<string, T> values, Action<QueryForm, KeyValuePair<string, T>> write) =>
        Number($"{name}.entry", values, write);

    private void Number<T>(string name, IEnumerable<T> values, Action<QueryForm, T> write)
    {
        int number = 0;
        foreach (T value in values ?? [])
        {
            write(new QueryForm(parameters, $"{prefix}{name}.{++number}."), value);
        }
    }
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
