using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Turns every form of handler into the one form the bootstrap knows. The forms look alike but all of them are needed: without
/// <c>Func&lt;TInput, Task&gt;</c>, say, such a handler would silently bind to <c>Func&lt;TInput, TOutput&gt;</c> with TOutput = Task.
/// </summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler) => Handler = handler;

    public LambdaBootstrapHandler Handler { get; }

    public static HandlerWrapper GetHandlerWrapper(Func<Task> handler) =>
        new(i => Empty(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Task<Stream>> handler) =>
        new(i => Raw(handler()));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(), serializer));

    public static HandlerWrapper GetHandlerWrapper(Action handler) =>
        new(i => Empty(() => handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream> handler) =>
        new(i => Raw(handler()));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(), serializer));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) =>
        new(i => Empty(handler(i.InputStream)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) =>
        new(i => Raw(handler(i.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(i.InputStream), serializer));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream> handler) =>
        new(i => Empty(() => handler(i.InputStream)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Stream> handler) =>
        new(i => Raw(handler(i.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(i.InputStream), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(i => Empty(handler(Read<TInput>(i, serializer))));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(i => Raw(handler(Read<TInput>(i, serializer))));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(Read<TInput>(i, serializer)), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        new(i => Empty(() => handler(Read<TInput>(i, serializer))));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Stream> handler, ILambdaSerializer serializer) =>
        new(i => Raw(handler(Read<TInput>(i, serializer))));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(Read<TInput>(i, serializer)), serializer));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task> handler) =>
        new(i => Empty(handler(i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task<Stream>> handler) =>
        new(i => Raw(handler(i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(i.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper(Action<ILambdaContext> handler) =>
        new(i => Empty(() => handler(i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Stream> handler) =>
        new(i => Raw(handler(i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(i.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        new(i => Empty(handler(i.InputStream, i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(i => Raw(handler(i.InputStream, i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(i.InputStream, i.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext> handler) =>
        new(i => Empty(() => handler(i.InputStream, i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Stream> handler) =>
        new(i => Raw(handler(i.InputStream, i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(i.InputStream, i.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(i => Empty(handler(Read<TInput>(i, serializer), i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(i => Raw(handler(Read<TInput>(i, serializer), i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(Read<TInput>(i, serializer), i.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new(i => Empty(() => handler(Read<TInput>(i, serializer), i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Stream> handler, ILambdaSerializer serializer) =>
        new(i => Raw(handler(Read<TInput>(i, serializer), i.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(i => Written(handler(Read<TInput>(i, serializer), i.LambdaContext), serializer));

    public void Dispose() => GC.SuppressFinalize(this);

    private static T Read<T>(InvocationRequest invocation, ILambdaSerializer serializer) =>
        serializer.Deserialize<T>(invocation.InputStream);

    private static async Task<InvocationResponse> Empty(Task handling)
    {
        await handling;
        return new InvocationResponse(null);
    }

    private static Task<InvocationResponse> Empty(Action handling)
    {
        handling();
        return Task.FromResult(new InvocationResponse(null));
    }

    private static async Task<InvocationResponse> Raw(Task<Stream> output) => new(await output);

    private static Task<InvocationResponse> Raw(Stream output) => Task.FromResult(new InvocationResponse(output));

    private static async Task<InvocationResponse> Written<T>(Task<T> output, ILambdaSerializer serializer) =>
        await Written(await output, serializer);

    private static Task<InvocationResponse> Written<T>(T output, ILambdaSerializer serializer)
    {
        var written = new MemoryStream();
        serializer.Serialize(output, written);
        written.Position = 0;
        return Task.FromResult(new InvocationResponse(written));
    }
}
