package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.change.Journal;
import io.github.fapipack.change.Plan;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.report.JsonReport;
import io.github.fapipack.rule.Mode;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.keycloak.util.JsonSerialization;

/** {@code /admin/realms/{realm}/fapi/apply}: brings a realm in line with a profile. */
public final class ApplyResource {

  private final AdminRequest admin;

  ApplyResource(AdminRequest admin) {
    this.admin = admin;
  }

  /**
   * Applies a profile to the realm, or shows what that would change.
   *
   * @param dryRun whether to show only; true if the parameter is missing
   * @param disable whether clients that cannot be repaired are disabled
   * @param mode {@code report} to start with rules that refuse nothing; everything else stays
   * @param planId of a dry run: the plan is applied only if it is still the same
   */
  @POST
  public Response apply(
      @QueryParam("profile") String profileName,
      @QueryParam("dryRun") @DefaultValue("true") String dryRun,
      @QueryParam("disableUnrepairable") @DefaultValue("false") String disable,
      @QueryParam("mode") @DefaultValue("enforce") String mode,
      @QueryParam("planId") String planId) {
    admin.requireManage();
    Parameters.allow(admin.session(), "profile", "dryRun", "disableUnrepairable", "mode", "planId");
    ProfileFile profile = Parameters.profile(admin.realm(), profileName);
    boolean disables = Parameters.flag("disableUnrepairable", disable);
    boolean reports = Parameters.mode(mode) == Mode.REPORT;
    Supplier<Plan> plans =
        () ->
            reports
                ? Plan.toReport(admin.audit(), profile, admin.realm())
                : Plan.of(admin.audit(), profile, disables);
    if (Parameters.flag("dryRun", dryRun)) {
      return JsonAnswer.ok(answer(plans.get(), true));
    }
    Journal journal = new Journal(admin.auth().adminAuth());
    return admin.change(
        exclusive -> {
          Plan plan = plans.get();
          if (planId != null && !planId.equals(plan.id())) {
            return ExclusiveChange.conflict(
                "the realm has changed since the plan was made; look at a new one", List.of());
          }
          ObjectNode noted =
              exclusive.inSession(
                  writing ->
                      journal.applied(
                          writing,
                          profile.name(),
                          reports,
                          exclusive.changes(writing).make(plan.changes())));
          ObjectNode answer = answer(plan, false);
          return JsonAnswer.ok(answer.setAll(noted));
        });
  }

  private ObjectNode answer(Plan plan, boolean dryRun) {
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer
        .put("realm", admin.realm().getName())
        .put("profile", plan.profile())
        .put("dryRun", dryRun);
    answer.put("planId", plan.id());
    answer.set("changes", JsonSerialization.mapper.valueToTree(plan.changes()));
    plan.left().forEach(finding -> answer.withArray("left").add(JsonReport.tree(finding)));
    answer.withArray("left");
    return answer;
  }
}
