using Amazon.Lambda.Model;
using Amazon.LimitedFeed;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Lambda;

internal static class Operations
{
    public static readonly Service Service = new("Lambda", "lambda", "lambda", "2015-03-31");

    public static readonly InvokeOptions Invoke = new JsonProtocol(Service, Exception).Raw<InvokeRequest>(Marshall, Unmarshall);

    private static void Marshall(InvokeRequest input, IRequest request)
    {
        if (string.IsNullOrEmpty(input.FunctionName))
            throw new AmazonLambdaException("Request object does not have required field FunctionName set");
        request.ResourcePath = "/2015-03-31/functions/{FunctionName}/invocations";
        request.AddPathResource("{FunctionName}", input.FunctionName);
        request.UseQueryString = true;
        if (input.Qualifier is not null)
            request.Parameters.Add("Qualifier", input.Qualifier);
        request.SetHeader("X-Amz-Invocation-Type", input.InvocationType);
        request.SetHeader("X-Amz-Log-Type", input.LogType);
        request.SetHeader("X-Amz-Client-Context", input.ClientContextBase64);
        request.SetHeader("X-Amz-Durable-Execution-Name", input.DurableExecutionName);
        request.SetHeader("X-Amz-Tenant-Id", input.TenantId);
        request.ContentStream = input.PayloadStream ?? new MemoryStream();
        if (request.ContentStream.Length > 0)
            request.Headers["Content-Type"] = "binary/octet-stream";
        else
            request.Headers.Remove("Content-Type");
    }

    private static InvokeResponse Unmarshall(JsonUnmarshallerContext context)
    {
        var payload = new MemoryStream();
        context.Stream.CopyTo(payload);
        payload.Position = 0;
        return new InvokeResponse
        {
            StatusCode = (int)context.ResponseData.StatusCode,
            FunctionError = context.ResponseData.Header("X-Amz-Function-Error"),
            LogResult = context.ResponseData.Header("X-Amz-Log-Result"),
            ExecutedVersion = context.ResponseData.Header("X-Amz-Executed-Version"),
            DurableExecutionArn = context.ResponseData.Header("X-Amz-Durable-Execution-Arn"),
            Payload = payload,
        };
    }

    private static AmazonLambdaException Exception(Fault fault) => fault.Code switch
    {
        nameof(DurableExecutionAlreadyStartedException) => new DurableExecutionAlreadyStartedException(fault),
        nameof(InvalidParameterValueException) => new InvalidParameterValueException(fault),
        nameof(InvalidRequestContentException) => new InvalidRequestContentException(fault),
        nameof(InvalidRuntimeException) => new InvalidRuntimeException(fault),
        nameof(InvalidZipFileException) => new InvalidZipFileException(fault),
        nameof(NoPublishedVersionException) => new NoPublishedVersionException(fault),
        nameof(RecursiveInvocationException) => new RecursiveInvocationException(fault),
        nameof(RequestTooLargeException) => new RequestTooLargeException(fault),
        nameof(ResourceConflictException) => new ResourceConflictException(fault),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(fault),
        nameof(ResourceNotReadyException) => new ResourceNotReadyException(fault),
        nameof(SerializedRequestEntityTooLargeException) => new SerializedRequestEntityTooLargeException(fault),
        nameof(ServiceException) => new ServiceException(fault),
        nameof(TooManyRequestsException) => new TooManyRequestsException(fault),
        nameof(UnsupportedMediaTypeException) => new UnsupportedMediaTypeException(fault),
        nameof(EC2AccessDeniedException) => new EC2AccessDeniedException(fault),
        nameof(EC2ThrottledException) => new EC2ThrottledException(fault),
        nameof(EC2UnexpectedException) => new EC2UnexpectedException(fault),
        nameof(EFSIOException) => new EFSIOException(fault),
        nameof(EFSMountConnectivityException) => new EFSMountConnectivityException(fault),
        nameof(EFSMountFailureException) => new EFSMountFailureException(fault),
        nameof(EFSMountTimeoutException) => new EFSMountTimeoutException(fault),
        nameof(ENILimitReachedException) => new ENILimitReachedException(fault),
        nameof(InvalidSecurityGroupIDException) => new InvalidSecurityGroupIDException(fault),
        nameof(InvalidSubnetIDException) => new InvalidSubnetIDException(fault),
        nameof(KMSAccessDeniedException) => new KMSAccessDeniedException(fault),
        nameof(KMSDisabledException) => new KMSDisabledException(fault),
        nameof(KMSInvalidStateException) => new KMSInvalidStateException(fault),
        nameof(KMSNotFoundException) => new KMSNotFoundException(fault),
        nameof(S3FilesMountConnectivityException) => new S3FilesMountConnectivityException(fault),
        nameof(S3FilesMountFailureException) => new S3FilesMountFailureException(fault),
        nameof(S3FilesMountTimeoutException) => new S3FilesMountTimeoutException(fault),
        nameof(SnapStartException) => new SnapStartException(fault),
        nameof(SnapStartNotReadyException) => new SnapStartNotReadyException(fault),
        nameof(SnapStartTimeoutException) => new SnapStartTimeoutException(fault),
        nameof(SubnetIPAddressLimitReachedException) => new SubnetIPAddressLimitReachedException(fault),
        _ => new AmazonLambdaException(fault),
    };
}
