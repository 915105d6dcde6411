namespace Veelocity.Web.Data;

/// <summary>Marks a column that Linking derives; a sync never writes it, so a repeated sync cannot undo it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinkedAttribute : Attribute;
