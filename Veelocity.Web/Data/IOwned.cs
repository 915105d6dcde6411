namespace Veelocity.Web.Data;

/// <summary>A row that belongs to one organization; every such table is filtered by it.</summary>
public interface IOwned
{
    Guid OrganizationId { get; }
}
