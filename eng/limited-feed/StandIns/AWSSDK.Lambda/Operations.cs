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
        {
            throw new AmazonLambdaException("Request object does not have required field FunctionName set");
        }

        request.ResourcePath = "/2015-03-31/functions/{FunctionName}/invocations";
        request.AddPathResource("{FunctionName}", input.FunctionName);
        request.UseQueryString = true;
        if (input.Qualifier is not null)
        {
            request.Parameters.Add("Qualifier", input.Qualifier);
        }

        request.SetHeader("X-Amz-Invocation-Type", input.InvocationType);
        request.SetHeader("X-Amz-Log-Type", input.LogType);
        request.SetHeader("X-Amz-Client-Context", input.ClientContextBase64);
        request.SetHeader("X-Amz-Durable-Execution-Name", input.DurableExecutionName);
        request.SetHeader("X-Amz-Tenant-Id", input.TenantId);
        request.ContentStream = input.PayloadStream ?? new MemoryStream();
        if (request.ContentStream.Length > 0)
        {
            request.Headers["Content-Type"] = "binary/octet-stream";
        }
        else
        {
            request.Headers.Remove("Content-Type");
        }
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
        nameof(DurableExecutionAlreadyStartedException) => new DurableExecutionAlreadyStartedException(fault.Message, fault.Cause),
        nameof(InvalidParameterValueException) => new InvalidParameterValueException(fault.Message, fault.Cause),
        nameof(InvalidRequestContentException) => new InvalidRequestContentException(fault.Message, fault.Cause),
        nameof(InvalidRuntimeException) => new InvalidRuntimeException(fault.Message, fault.Cause),
        nameof(InvalidZipFileException) => new InvalidZipFileException(fault.Message, fault.Cause),
        nameof(NoPublishedVersionException) => new NoPublishedVersionException(fault.Message, fault.Cause),
        nameof(RecursiveInvocationException) => new RecursiveInvocationException(fault.Message, fault.Cause),
        nameof(RequestTooLargeException) => new RequestTooLargeException(fault.Message, fault.Cause),
        nameof(ResourceConflictException) => new ResourceConflictException(fault.Message, fault.Cause),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(fault.Message, fault.Cause),
        nameof(ResourceNotReadyException) => new ResourceNotReadyException(fault.Message, fault.Cause),
        nameof(SerializedRequestEntityTooLargeException) => new SerializedRequestEntityTooLargeException(fault.Message, fault.Cause),
        nameof(ServiceException) => new ServiceException(fault.Message, fault.Cause),
        nameof(TooManyRequestsException) => new TooManyRequestsException(fault.Message, fault.Cause)
        {
            RetryAfterSeconds = fault.Header("Retry-After"),
            Reason = fault.Text("Reason"),
        },
        nameof(UnsupportedMediaTypeException) => new UnsupportedMediaTypeException(fault.Message, fault.Cause),
        nameof(EC2AccessDeniedException) => new EC2AccessDeniedException(fault.Message, fault.Cause),
        nameof(EC2ThrottledException) => new EC2ThrottledException(fault.Message, fault.Cause),
        nameof(EC2UnexpectedException) => new EC2UnexpectedException(fault.Message, fault.Cause),
        nameof(EFSIOException) => new EFSIOException(fault.Message, fault.Cause),
        nameof(EFSMountConnectivityException) => new EFSMountConnectivityException(fault.Message, fault.Cause),
        nameof(EFSMountFailureException) => new EFSMountFailureException(fault.Message, fault.Cause),
        nameof(EFSMountTimeoutException) => new EFSMountTimeoutException(fault.Message, fault.Cause),
        nameof(ENILimitReachedException) => new ENILimitReachedException(fault.Message, fault.Cause),
        nameof(InvalidSecurityGroupIDException) => new InvalidSecurityGroupIDException(fault.Message, fault.Cause),
        nameof(InvalidSubnetIDException) => new InvalidSubnetIDException(fault.Message, fault.Cause),
        nameof(KMSAccessDeniedException) => new KMSAccessDeniedException(fault.Message, fault.Cause),
        nameof(KMSDisabledException) => new KMSDisabledException(fault.Message, fault.Cause),
        nameof(KMSInvalidStateException) => new KMSInvalidStateException(fault.Message, fault.Cause),
        nameof(KMSNotFoundException) => new KMSNotFoundException(fault.Message, fault.Cause),
        nameof(S3FilesMountConnectivityException) => new S3FilesMountConnectivityException(fault.Message, fault.Cause),
        nameof(S3FilesMountFailureException) => new S3FilesMountFailureException(fault.Message, fault.Cause),
        nameof(S3FilesMountTimeoutException) => new S3FilesMountTimeoutException(fault.Message, fault.Cause),
        nameof(SnapStartException) => new SnapStartException(fault.Message, fault.Cause),
        nameof(SnapStartNotReadyException) => new SnapStartNotReadyException(fault.Message, fault.Cause),
        nameof(SnapStartTimeoutException) => new SnapStartTimeoutException(fault.Message, fault.Cause),
        nameof(SubnetIPAddressLimitReachedException) => new SubnetIPAddressLimitReachedException(fault.Message, fault.Cause),
        _ => new AmazonLambdaException(fault.Message, fault.Cause),
    };
}
