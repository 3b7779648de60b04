using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>The wire of objects that come in parts.</summary>
internal sealed class MultipartOperations(S3Engine engine)
{
    public AwsResponse Create(ObjectAddress address, string? contentType, AwsRequest request) => S3Xml.Upload(
        address, engine.CreateMultipartUpload(address.Bucket, address.Key, contentType, ObjectHeaders.ReadKept(request)));

    public string Put(ObjectAddress address, AwsRequest request, ReadOnlyMemory<byte> content) => engine.UploadPart(
        address.Bucket,
        address.Key,
        UploadId(request),
        int.TryParse(request.Query["partNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0,
        content);

    public AwsResponse Complete(ObjectAddress address, AwsRequest request) => S3Xml.Completed(
        address, engine.CompleteMultipartUpload(address.Bucket, address.Key, UploadId(request), ReadParts(request)).ETag);

    public void Abort(ObjectAddress address, AwsRequest request) => engine.AbortMultipartUpload(address.Bucket, address.Key, UploadId(request));

    private static string UploadId(AwsRequest request) => request.Query["uploadId"].ToString();

    private static List<(int Number, string ETag)> ReadParts(AwsRequest request)
    {
        try
        {
            using var body = new MemoryStream(request.Body.ToArray());
            return
            [
                .. from part in XElement.Load(body).Elements()
                   select ((int)Child(part, "PartNumber"), Child(part, "ETag").Value),
            ];
        }
        catch (Exception e) when (e is XmlException or FormatException or InvalidOperationException)
        {
            throw S3Error.MalformedXml();
        }
    }

    private static XElement Child(XElement parent, string name) => parent.Elements().Single(element => element.Name.LocalName == name);
}
