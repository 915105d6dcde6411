using Veelocity.Web.Data;

namespace Veelocity.Web.Tests.Recomputed.Facts;

/// <summary>Two teams that share a repository and a person, and an archived one that owns everything.</summary>
internal static class TeamStory
{
    public static void Tell(World world, Dice dice)
    {
        var (across, backstage, bygone) = (Add("Across"), Add("Backstage"), Add("Bygone"));
        bygone.Archive(world.MemberId, world.Now);
        var (shop, api, web) = (world.Repositories[0].Id, world.Repositories[1].Id, world.Services.Single(s => s.Name == "web").Id);
        Own(across, shop);
        Own(across, api);
        Own(backstage, api);
        foreach (var repository in world.Repositories) Own(bygone, repository.Id);
        world.OwnedServices.Add(new() { TeamId = backstage.Id, ServiceId = web, OrganizationId = world.OrganizationId });
        foreach (var person in world.People)
        {
            if (dice.Chance(45)) Join(across, person, isGone: dice.Chance(10));
            if (dice.Chance(45)) Join(backstage, person, isGone: false);
            Join(bygone, person, isGone: false);
        }

        Team Add(string name)
        {
            var team = new Team { OrganizationId = world.OrganizationId, Name = name, CreatedByUserId = world.MemberId };
            world.Teams.Add(team);
            return team;
        }

        void Own(Team team, Guid repository) =>
            world.OwnedRepositories.Add(new() { TeamId = team.Id, RepositoryId = repository, OrganizationId = world.OrganizationId });

        void Join(Team team, Person person, bool isGone)
        {
            var member = new TeamMember { TeamId = team.Id, PersonId = person.Id, OrganizationId = world.OrganizationId };
            member.Add(world.MemberId, world.Now);
            if (isGone) member.Remove(world.MemberId, world.Now);
            world.Members.Add(member);
        }
    }
}
