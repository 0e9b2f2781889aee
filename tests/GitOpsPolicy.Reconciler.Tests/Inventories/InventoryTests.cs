using System.Text;
using GitOpsPolicy.Changes;
using GitOpsPolicy.Reconciler.Inventories;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Inventories;

public sealed class InventoryTests
{
    private static readonly KubernetesId Web = new("apps", "v1", "Deployment", "shop", "web");
    private static readonly InventoryEntry Entry = new(Web, "u1", "d1", "c1")
    {
        LeftGit = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero),
        IsConfirmed = true,
    };

    [Fact]
    public void An_inventory_is_read_as_it_was_written()
    {
        var inventory = Inventory.Empty.With(Entry).Announcing([new("", "v1", "Namespace", "", "shop")]);
        var read = InventoryJson.Read(Encoding.UTF8.GetBytes(InventoryJson.Write(inventory)));
        Assert.Equal(inventory.Entries.Values, read!.Entries.Values);
    }

    [Fact]
    public void What_is_announced_does_not_replace_what_is_known() =>
        Assert.Equal(Entry, Inventory.Empty.With(Entry).Announcing([Web]).Find(Web));

    [Fact]
    public void An_object_is_found_under_the_group_that_its_kind_has_moved_to()
    {
        var inventory = Inventory.Empty.With(Entry with { Id = new("extensions", "v1beta1", "Ingress", "shop", "web") });
        Assert.NotNull(inventory.Find(new("networking.k8s.io", "v1", "Ingress", "shop", "web")));
    }

    /// <summary>
    /// A text that was cut off or changed anywhere is no inventory, or one that says the same: never one with fewer objects.
    /// </summary>
    [Fact]
    public void A_text_that_is_cut_off_is_no_inventory()
    {
        var text = InventoryJson.Write(Inventory.Empty.With(Entry).With(Entry with { Id = Web with { Name = "api" } }));
        for (var length = 0; length < text.Length; length++)
            Assert.Null(InventoryJson.Read(Encoding.UTF8.GetBytes(text[..length])));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{\"version\":\"v1\",\"kind\":\"Secret\"}]")]
    [InlineData("[{\"version\":\"v1\",\"kind\":\"Pod\",\"name\":\"a\"},{\"version\":\"v1\",\"kind\":\"Pod\",\"name\":\"a\"}]")]
    public void Anything_else_is_no_inventory(string text) => Assert.Null(InventoryJson.Read(Encoding.UTF8.GetBytes(text)));
}
