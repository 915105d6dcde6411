using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Veelocity.Web.Tests.Docs;

namespace Veelocity.Web.Tests.Infra;

/// <summary>What infra/k8s renders to, held against Kubernetes' own schemas and against what the app needs.</summary>
public sealed partial class KubernetesTests
{
    private static readonly string Root = LinkTests.Root;

    public static TheoryData<string> Rendered => ["base", "overlays/staging", "overlays/prod"];

    [Theory, MemberData(nameof(Rendered))]
    public async Task Every_resource_fits_its_schema(string folder)
    {
        var yaml = await RenderAsync(folder);
        var (faults, errors, code) = await CheckAsync(yaml);
        Assert.True(code == 0, faults + errors);
        Assert.NotEmpty(Read(yaml)); // refuses what no schema names
    }

    [Theory]
    [InlineData("replicas: two", "spec/replicas")]
    [InlineData("replicas: 1", "selector")]
    public async Task A_wrong_type_and_a_missing_part_are_noticed(string spec, string noticed)
    {
        var (faults, _, code) = await CheckAsync($"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\nspec:\n  {spec}\n");
        Assert.Equal(1, code);
        Assert.Contains(noticed, faults, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_field_is_noticed() =>
        Assert.ThrowsAny<Exception>(() => Read("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: x\nspec:\n  replica: 1\n"));

    [Theory, MemberData(nameof(Rendered))]
    public async Task Every_container_runs_unprivileged_on_a_tree_it_cannot_write_with_what_it_may_use(string folder)
    {
        var pods = PodsOf(Read(await RenderAsync(folder))).ToList();
        Assert.NotEmpty(pods);
        foreach (var pod in pods)
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            foreach (var container in pod.Containers)
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order(StringComparer.Ordinal));
                Assert.Contains("memory", container.Resources.Limits.Keys);
            }
        }
    }

    [Fact]
    public async Task The_keys_of_secrets_that_are_read_are_those_of_the_example()
    {
        var example = Read(await File.ReadAllTextAsync(Path.Combine(Root, "infra", "k8s", "secret.example.yaml"), TestContext.Current.CancellationToken)).OfType<V1Secret>().Single();
        var read = PodsOf(Read(await RenderAsync("overlays/staging"))).SelectMany(pod => pod.Containers).SelectMany(container => container.Env ?? [])
            .Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>().ToList();
        Assert.All(read, key => Assert.Equal(example.Metadata.Name, key.Name));
        Assert.Equal(example.StringData.Keys.Order(StringComparer.Ordinal), read.Select(key => key.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Rendered))]
    public async Task Every_setting_is_one_that_the_documents_name(string folder)
    {
        var documented = string.Concat(Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")).Select(File.ReadAllText));
        var resources = Read(await RenderAsync(folder));
        var set = resources.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys)
            .Concat(PodsOf(resources).SelectMany(pod => pod.Containers).SelectMany(container => container.Env ?? []).Select(variable => variable.Name))
            .Where(name => name.Contains("__", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(set);
        Assert.All(set, name => Assert.Contains($"`{name}`", documented, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("overlays/staging", "veelocity-staging", 12)]
    [InlineData("overlays/prod", "veelocity", 10)]
    public async Task An_overlay_stands_in_one_namespace_and_brings_what_an_installation_is_made_of(string folder, string space, int kinds)
    {
        var resources = Read(await RenderAsync(folder));
        Assert.All(resources.Where(resource => resource is not V1Namespace), resource => Assert.Equal(space, resource.Metadata.NamespaceProperty));
        Assert.True(resources.Select(resource => resource.GetType()).Distinct().Count() >= kinds, string.Join(", ", resources.Select(resource => resource.GetType().Name)));
        Assert.DoesNotContain(PodsOf(resources).SelectMany(pod => pod.Containers), container => container.Image == "veelocity");
    }

    private static Task<string> RenderAsync(string folder) => Kubectl.RenderAsync(Path.Combine(Root, "infra", "k8s", folder));

    private static Task<(string Output, string Errors, int Code)> CheckAsync(string yaml) => Kubectl.RunAsync("node", ["build/check-infra.mjs", "kubernetes"], yaml);

    private static List<IKubernetesObject<V1ObjectMeta>> Read(string yaml) =>
        [.. Documents().Split(yaml).Where(document => document.Trim().Length > 0).SelectMany(document => KubernetesYaml.LoadAllFromString(document, strict: true)).Cast<IKubernetesObject<V1ObjectMeta>>()];

    private static IEnumerable<V1PodSpec> PodsOf(IEnumerable<IKubernetesObject<V1ObjectMeta>> resources) => resources.Select(resource => resource switch
    {
        V1Deployment deployment => deployment.Spec.Template.Spec,
        V1StatefulSet set => set.Spec.Template.Spec,
        V1Job job => job.Spec.Template.Spec,
        V1CronJob job => job.Spec.JobTemplate.Spec.Template.Spec,
        _ => null,
    }).OfType<V1PodSpec>();

    [GeneratedRegex("^---$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Documents();
}
