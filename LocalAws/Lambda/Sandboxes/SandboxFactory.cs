using System.Diagnostics;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>Makes the kind of sandbox that a function's code asks for.</summary>
internal sealed class SandboxFactory(AwsAccount account, ProcessGuard guard, TimeProvider time)
{
    public ISandbox Create(FunctionDefinition definition, FunctionLog log, SandboxSlots slots)
    {
        string logStream = $"{time.GetUtcNow():yyyy/MM/dd}/[{FunctionDefinition.Version}]{Guid.NewGuid():N}";
        return definition.Code switch
        {
            FunctionCode.Program program => new ProcessSandbox(definition, program, account, logStream, log, slots, guard, time),
            FunctionCode.InProcess inProcess => new DelegateSandbox(definition, inProcess, logStream, time),
            FunctionCode.Remote remote => new RemoteSandbox(definition, remote, logStream, time),
            _ => throw new UnreachableException(),
        };
    }
}
