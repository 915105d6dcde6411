namespace Veelocity.Web.Data;

/// <summary>
/// What numbers and chains the entries of the audit log, in the database itself: whoever writes an entry, it gets the organization's next number
/// and a hash over its content and the hash before it. A migration puts it there.
/// </summary>
public static class AuditChain
{
    public static IEnumerable<string> Create() =>
    [
        // A JSON array, so that no text can pass for the one beside it.
        """
        CREATE FUNCTION audit_hash(previous bytea, entry audit_entries) RETURNS bytea LANGUAGE sql STABLE AS $$
            SELECT sha256(convert_to(json_build_array(
                encode(previous, 'hex'), entry.number, entry.id, entry.organization_id, (extract(epoch FROM entry.at) * 1000000)::bigint,
                entry.actor_user_id, entry.actor, entry.action, entry.subject, entry.subject_id, entry.detail, entry.channel, host(entry.address))::text, 'UTF8'))
        $$
        """,
        """
        CREATE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            head audit_heads;
        BEGIN
            -- The organization first: someone who locked it and then writes an entry must not meet someone who goes the other way.
            PERFORM 1 FROM organizations WHERE id = NEW.organization_id FOR KEY SHARE;
            INSERT INTO audit_heads AS h (organization_id, number, hash) VALUES (NEW.organization_id, 1, '')
            ON CONFLICT (organization_id) DO UPDATE SET number = h.number + 1
            RETURNING * INTO head;
            NEW.number := head.number;
            NEW.hash := audit_hash(head.hash, NEW);
            UPDATE audit_heads SET hash = NEW.hash WHERE organization_id = NEW.organization_id;
            RETURN NEW;
        END $$
        """,
        "CREATE TRIGGER chain_entry BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION chain_audit_entry()",
    ];

    public static IEnumerable<string> Drop() =>
        ["DROP TRIGGER chain_entry ON audit_entries", "DROP FUNCTION chain_audit_entry()", "DROP FUNCTION audit_hash(bytea, audit_entries)"];
}
