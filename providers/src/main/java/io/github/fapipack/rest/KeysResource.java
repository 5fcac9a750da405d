package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.expiry.ClientKeyList;
import io.github.fapipack.expiry.RealmKeyList;
import io.github.fapipack.expiry.ServerCertificate;
import io.github.fapipack.profile.Where;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.util.JsonSerialization;

/**
 * {@code /admin/realms/{realm}/fapi/keys}: the keys and certificates of the realm, its clients and
 * the server, sorted by their end.
 */
public final class KeysResource {

  private static final int LARGEST_PAGE = 500;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;

  KeysResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
  }

  /**
   * One page; the counts include all that the filter selects.
   *
   * @param within only those that have ended or end within so many days
   * @param owner {@code realm}, {@code client} or {@code server}
   * @param search a part of a client_id, a kid or a subject
   * @param fetch whether the keys at each jwks_uri are checked as well
   */
  @GET
  public Response list(
      @QueryParam("within") String within,
      @QueryParam("owner") String owner,
      @QueryParam("search") String search,
      @QueryParam("fetch") @DefaultValue("false") String fetch,
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("100") int max) {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
    Parameters.allow(session, "within", "owner", "search", "fetch", "first", "max");
    Optional<Long> days = Optional.ofNullable(within).map(KeysResource::days);
    Optional<Where.Kind> kind = Optional.ofNullable(owner).map(KeysResource::kind);
    Optional<DatedKey> server = ServerCertificate.find();
    List<DatedKey> found =
        all(server, Parameters.flag("fetch", fetch)).stream()
            .filter(key -> days.isEmpty() || key.endsWithin(days.get()))
            .filter(key -> kind.isEmpty() || key.owner().kind() == kind.get())
            .filter(key -> search == null || key.matches(search))
            .sorted(DatedKey.BY_END)
            .toList();
    ObjectNode answer =
        JsonSerialization.createObjectNode()
            .put("realm", realm.getName())
            .put("time", Time.currentTimeMillis())
            .put("serverKnown", server.isPresent())
            .put("total", found.size())
            .put("ended", count(found, DatedKey.State.ENDED))
            .put("ending", count(found, DatedKey.State.ENDING));
    ArrayNode keys = answer.putArray("keys");
    found.stream()
        .skip(Math.max(0, first))
        .limit(Math.min(Math.max(1, max), LARGEST_PAGE))
        .forEach(key -> keys.add(key.json()));
    return JsonAnswer.ok(answer);
  }

  private List<DatedKey> all(Optional<DatedKey> server, boolean fetch) {
    List<DatedKey> keys = new ArrayList<>(RealmKeyList.of(session, realm));
    try (KeySetFetch fetching = fetch ? KeySetFetch.bounded() : KeySetFetch.none()) {
      keys.addAll(ClientKeyList.of(session, realm, fetching));
    }
    server.ifPresent(keys::add);
    return keys;
  }

  private static long count(List<DatedKey> keys, DatedKey.State state) {
    return keys.stream().filter(DatedKey::isInUse).filter(key -> key.state() == state).count();
  }

  private static long days(String text) {
    try {
      int days = Integer.parseInt(text);
      if (days >= 0) {
        return days;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw ErrorResponse.error("within must be a number of days", Status.BAD_REQUEST);
  }

  private static Where.Kind kind(String name) {
    return switch (name) {
      case "realm" -> Where.Kind.realm;
      case "client" -> Where.Kind.client;
      case "server" -> Where.Kind.server;
      default ->
          throw ErrorResponse.error("owner must be realm, client or server", Status.BAD_REQUEST);
    };
  }
}
