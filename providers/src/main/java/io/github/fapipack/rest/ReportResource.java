package io.github.fapipack.rest;

import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.report.ReportBody;
import io.github.fapipack.report.SarifReport;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.models.ClientModel;
import org.keycloak.services.ErrorResponse;

/** {@code /admin/realms/{realm}/fapi/report}: what an audit finds in the realm. */
public final class ReportResource {

  private final AdminRequest admin;

  ReportResource(AdminRequest admin) {
    this.admin = admin;
  }

  /**
   * The audit, as JSON or as SARIF.
   *
   * @param clientId for a report on this client only
   * @param clients whether the clients are included, or only the realm
   * @param fetch whether the keys at the clients' jwks_uri are checked as well
   */
  @GET
  public Response report(
      @QueryParam("profile") String profileName,
      @QueryParam("client") String clientId,
      @QueryParam("clients") @DefaultValue("true") String clients,
      @QueryParam("fetch") @DefaultValue("false") String fetch,
      @QueryParam("format") String format,
      @HeaderParam(HttpHeaders.ACCEPT) String accept) {
    admin.requireView();
    Parameters.allow(admin.session(), "profile", "client", "clients", "fetch", "format");
    ProfileFile profile = Parameters.profile(admin.realm(), profileName);
    boolean sarif = isSarif(format, accept);
    ClientModel client = clientId == null ? null : admin.client(clientId);
    ReportBody body =
        new ReportBody(
            admin.session(),
            admin.realm(),
            admin.audit(),
            profile,
            client,
            Parameters.flag("clients", clients),
            sarif,
            Parameters.flag("fetch", fetch));
    return Response.ok(body)
        .type(sarif ? SarifReport.MEDIA_TYPE : MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static boolean isSarif(String format, String accept) {
    if (format == null) {
      return accept != null && accept.contains(SarifReport.MEDIA_TYPE);
    }
    return switch (format) {
      case "sarif" -> true;
      case "json" -> false;
      default -> throw ErrorResponse.error("format must be json or sarif", Status.BAD_REQUEST);
    };
  }
}
