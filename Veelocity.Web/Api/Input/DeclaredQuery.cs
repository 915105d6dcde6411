using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace Veelocity.Web.Api.Input;

/// <summary>Endpoint metadata: the query parameters that an operation takes, read from its handler.</summary>
internal sealed class DeclaredQuery
{
    private DeclaredQuery(IReadOnlyDictionary<string, Parameter> parameters) => Parameters = parameters;

    public IReadOnlyDictionary<string, Parameter> Parameters { get; }

    /// <param name="Reference">What the value has to name; null where it names nothing.</param>
    public sealed record Parameter(Type Type, ReferenceAttribute? Reference);

    public static DeclaredQuery Of(MethodInfo handler) => new(handler.GetParameters()
        .SelectMany(parameter => parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Select(property => Found(property, property.PropertyType))
            : [Found(parameter, parameter.ParameterType)])
        .OfType<(string Name, Parameter Parameter)>()
        .ToDictionary(found => found.Name, found => found.Parameter, StringComparer.Ordinal));

    private static (string Name, Parameter Parameter)? Found(ICustomAttributeProvider place, Type type)
    {
        if (place.GetCustomAttributes(typeof(FromQueryAttribute), inherit: true) is not [FromQueryAttribute { Name: { } name }]) return null;
        var references = place.GetCustomAttributes(typeof(ReferenceAttribute), inherit: true);
        return (name, new Parameter(type, references.OfType<ReferenceAttribute>().SingleOrDefault()));
    }
}
