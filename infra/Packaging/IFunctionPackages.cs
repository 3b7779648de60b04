using System.Runtime.InteropServices;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>Where the stack gets its functions from.</summary>
internal interface IFunctionPackages
{
    /// <exception cref="DeploymentException">The function is not published, or cannot run on Lambda.</exception>
    FunctionPackage Of(FunctionSpec function);

    /// <param name="packaging">What kind of package.</param>
    /// <param name="artifacts">The folder that <c>wab.cs publish</c> fills.</param>
    /// <param name="architecture">The processor that the functions will run on.</param>
    static IFunctionPackages Create(PackageKind packaging, string artifacts, Architecture architecture) => packaging switch
    {
        PackageKind.Native => new NativePackages(artifacts, architecture),
        _ => new ManagedPackages(artifacts),
    };
}
