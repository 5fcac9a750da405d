package io.github.fapipack.rest;

import io.github.fapipack.bankevents.ConsentAdminResource;
import io.github.fapipack.grantmanagement.GrantAdminResource;
import jakarta.ws.rs.Path;

/**
 * {@code /admin/realms/{realm}/fapi}: what is wrong in a realm, and how to repair it. Each part of
 * the path has a class of its own.
 */
public final class FapiResource {

  private final AdminRequest admin;

  FapiResource(AdminRequest admin) {
    this.admin = admin;
  }

  /** The profiles that can be applied. */
  @Path("profiles")
  public ProfilesResource profiles() {
    return new ProfilesResource(admin);
  }

  /** What an audit finds in the realm. */
  @Path("report")
  public ReportResource report() {
    return new ReportResource(admin);
  }

  /** Brings the realm in line with a profile. */
  @Path("apply")
  public ApplyResource apply() {
    return new ApplyResource(admin);
  }

  /** Takes back what applying a profile has changed. */
  @Path("undo")
  public UndoResource undo() {
    return new UndoResource(admin);
  }

  /** The latest refused requests, explained. */
  @Path("refusals")
  public RefusalsResource refusals() {
    return new RefusalsResource(admin);
  }

  /** The clients with search, filters and order. */
  @Path("clients")
  public ClientsResource clients() {
    return new ClientsResource(admin.session(), admin.realm(), admin.auth());
  }

  /** The progress of the realm from reporting to enforcing. */
  @Path("rollout")
  public RolloutResource rollout() {
    return new RolloutResource(admin.session(), admin.realm(), admin.auth(), admin.event());
  }

  /** Administrators' changes in the realm, and how to undo them. */
  @Path("history")
  public HistoryResource history() {
    return new HistoryResource(admin.session(), admin.realm(), admin.auth(), admin.event());
  }

  /** Keys and certificates, sorted by their end. */
  @Path("keys")
  public KeysResource keys() {
    return new KeysResource(admin.session(), admin.realm(), admin.auth());
  }

  /** The grants of users, which administrators can revoke. */
  @Path("grants")
  public GrantAdminResource grants() {
    return new GrantAdminResource(admin.session(), admin.realm(), admin.auth(), admin.event());
  }

  /** The consents of the bank, which the bank can end. */
  @Path("consents")
  public ConsentAdminResource consents() {
    return new ConsentAdminResource(admin.session(), admin.realm(), admin.auth(), admin.event());
  }

  /** The participants of the realm's ecosystem, and what the directory says of them. */
  @Path("participants")
  public ParticipantsResource participants() {
    return new ParticipantsResource(admin);
  }

  /** The realm as the directory of a scheme. */
  @Path("scheme")
  public SchemeResource scheme() {
    return new SchemeResource(admin);
  }
}
