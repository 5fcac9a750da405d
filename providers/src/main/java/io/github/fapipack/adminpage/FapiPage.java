package io.github.fapipack.adminpage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.FreeMarkerProvider;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * The administrator's page, below the admin console of the realm in which administrators log in:
 * with the console's own client and path, the login, single sign-on and permissions are the same.
 * The page contains no data; its script uses the admin REST API like any other client.
 */
@Path("/admin/{realm}/console/fapi")
public class FapiPage {

  /** The theme with the page's template, script, style and texts. */
  private static final String THEME = "fapi";

  /** The prefix of the page's texts among all those of the admin console. */
  private static final String TEXTS = "fapi.";

  /** The page itself. */
  @GET
  public Response page(@PathParam("realm") String realmName)
      throws IOException, FreeMarkerException {
    KeycloakSession session = enter(realmName);
    URI address = session.getContext().getUri(UrlType.ADMIN).getRequestUri();
    if (!address.getPath().endsWith("/")) {
      return Response.status(Status.FOUND).location(URI.create(address.getRawPath() + "/")).build();
    }
    URI frontend = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
    URI admin = session.getContext().getUri(UrlType.ADMIN).getBaseUri();
    Theme theme = theme(session);
    String page =
        session
            .getProvider(FreeMarkerProvider.class)
            .processTemplate(variables(session, theme, frontend, admin), "fapi.ftl", theme);
    Response.ResponseBuilder answer =
        Response.ok(page).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    PageHeaders.set(session, answer, frontend, admin);
    return answer.build();
  }

  private static Map<String, Object> variables(
      KeycloakSession session, Theme theme, URI frontend, URI admin) throws IOException {
    RealmModel realm = session.getContext().getRealm();
    Properties properties = theme.getProperties();
    String resources = Urls.themeRoot(admin).getPath();
    ObjectNode settings =
        JsonSerialization.createObjectNode()
            .put("realm", realm.getName())
            .put("masterRealm", Config.getAdminRealm())
            .put("clientId", Constants.ADMIN_CONSOLE_CLIENT_ID)
            .put("issuer", Urls.realmIssuer(frontend, realm.getName()))
            .put("adminUrl", admin.resolve("admin/").toString())
            .put("logo", resources + "/admin/" + THEME + "/logo.svg");
    Map<String, Object> variables = new HashMap<>();
    Locale language = PageLanguage.of(theme).asked(session);
    variables.put("language", language.toLanguageTag());
    variables.put("direction", PageLanguage.direction(language));
    variables.put("settings", settings.toString());
    variables.put("resourceUrl", resources + "/admin/" + THEME);
    variables.put("resourceCommonUrl", resources + "/common/keycloak");
    variables.put("properties", properties);
    variables.put(
        "darkMode",
        "true".equals(properties.getProperty("darkMode")) && realm.getAttribute("darkMode", true));
    return variables;
  }

  /**
   * The page's texts.
   *
   * @param language a language tag; if it is missing or unknown, {@link PageLanguage#asked}
   */
  @GET
  @Path("texts")
  public Response texts(
      @PathParam("realm") String realmName, @QueryParam("language") String language)
      throws IOException {
    KeycloakSession session = enter(realmName);
    Theme theme = theme(session);
    PageLanguage languages = PageLanguage.of(theme);
    Locale locale =
        languages.known(language == null ? "" : language).orElseGet(() -> languages.asked(session));
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.put("language", locale.toLanguageTag());
    answer.put("direction", PageLanguage.direction(locale));
    ArrayNode tags = answer.putArray("languages");
    languages.all().forEach(tag -> tags.add(tag.toLanguageTag()));
    ObjectNode texts = answer.putObject("texts");
    theme
        .getEnhancedMessages(session.getContext().getRealm(), locale)
        .forEach(
            (key, text) -> {
              if (key.toString().startsWith(TEXTS)) {
                texts.put(key.toString().substring(TEXTS.length()), text.toString());
              }
            });
    return Response.ok(answer.toString())
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .build();
  }

  private static KeycloakSession enter(String realmName) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    RealmModel realm =
        Profile.isFeatureEnabled(Profile.Feature.ADMIN_V2)
            ? session.realms().getRealmByName(realmName)
            : null;
    if (realm == null) {
      throw new NotFoundException();
    }
    session.getContext().setRealm(realm);
    return session;
  }

  private static Theme theme(KeycloakSession session) throws IOException {
    Theme theme = session.theme().getTheme(THEME, Theme.Type.ADMIN);
    if (!THEME.equals(theme.getName())) {
      throw new NotFoundException("keycloak-fapi-themes.jar is not in the providers folder");
    }
    return theme;
  }
}
