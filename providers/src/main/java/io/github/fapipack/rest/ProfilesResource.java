package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.Audit;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFiles;
import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.Standing;
import io.github.fapipack.report.Summary;
import io.github.fapipack.report.Verdict;
import io.github.fapipack.report.Verdicts;
import io.github.fapipack.rollout.ClientProgress;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.util.JsonSerialization;

/** {@code /admin/realms/{realm}/fapi/profiles}: the profiles that can be applied. */
public final class ProfilesResource {

  private final AdminRequest admin;

  ProfilesResource(AdminRequest admin) {
    this.admin = admin;
  }

  /**
   * The profiles that can be applied.
   *
   * @param summary whether each that fits the realm has the counts of its findings, for which the
   *     whole realm is audited
   */
  @GET
  public Response profiles(@QueryParam("summary") @DefaultValue("true") String summary) {
    admin.requireView();
    Parameters.allow(admin.session(), "summary");
    Map<ProfileFile, Summary> summaries =
        Parameters.flag("summary", summary) ? summaries() : Map.of();
    Standing standing = new Standing(admin.session(), admin.realm());
    ObjectNode answer =
        JsonSerialization.createObjectNode().put("chosen", standing.chosen().name());
    for (ProfileFile profile : ProfileFiles.of(admin.realm()).values()) {
      ObjectNode entry =
          answer
              .withArray("profiles")
              .addObject()
              .put("name", profile.name())
              .put("displayName", profile.displayName())
              .put("rules", profile.rules().size())
              .put("ecosystem", profile.ecosystem().orElse(null))
              .put("fits", fits(profile))
              .put("state", standing.state(profile).name());
      if (summaries.containsKey(profile)) {
        entry.set("summary", summaries.get(profile).json());
        entry.put("failing", summaries.get(profile).failing());
      }
    }
    return JsonAnswer.ok(answer);
  }

  private Map<ProfileFile, Summary> summaries() {
    Audit audit = admin.audit();
    Map<ProfileFile, Summary> summaries = new LinkedHashMap<>();
    List<ProfileFile> fitting =
        ProfileFiles.of(admin.realm()).values().stream().filter(this::fits).toList();
    for (ProfileFile profile : fitting) {
      Summary summary = new Summary();
      audit.realm(profile, summary::count);
      summaries.put(profile, summary);
    }
    List<ClientRow> clients = ClientRow.all(admin.session(), admin.realm(), admin.auth(), null);
    ClientProgress progress = ClientProgress.of(admin.session(), admin.realm());
    Map<String, Map<String, Verdict>> verdicts =
        new Verdicts(admin.session(), admin.realm(), fitting).of(clients);
    for (ClientRow client : clients) {
      Map<String, Verdict> own = verdicts.getOrDefault(client.id(), Map.of());
      own.forEach(
          (profile, verdict) ->
              summaries
                  .get(ProfileFiles.of(admin.realm()).get(profile))
                  .count(verdict, progress.isFailing(client)));
    }
    return summaries;
  }

  /** Whether a profile is one of FAPI alone, or of the ecosystem that the realm belongs to. */
  private boolean fits(ProfileFile profile) {
    String own = EcosystemProfiles.of(admin.realm()).id();
    return profile.ecosystem().map(id -> id.equals(own)).orElse(true);
  }
}
