using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Tests.Lambda.Sandboxes;

public class SandboxSlotsTests
{
    [Fact]
    public void A_sandbox_gets_the_lowest_number_that_none_of_its_function_has()
    {
        var slots = new SandboxSlots();
        Assert.Equal([0, 1, 2], [slots.Take(), slots.Take(), slots.Take()]);

        slots.Free(1);

        Assert.Equal([1, 3], [slots.Take(), slots.Take()]);
    }
}
