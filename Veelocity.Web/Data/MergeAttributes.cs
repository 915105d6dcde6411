namespace Veelocity.Web.Data;

/// <summary>Marks a column whose known value a later null does not erase: some answers of a provider tell less than others.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeptWhenUnknownAttribute : Attribute;

/// <summary>Marks a column that keeps its first known value, because the provider's own moves afterwards.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FrozenAttribute : Attribute;
