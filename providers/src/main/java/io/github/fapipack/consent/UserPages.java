package io.github.fapipack.consent;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeResourceDescriptor;
import org.keycloak.theme.ThemeResources;

/**
 * Keycloak's pages for users. In realms with rules of the pack, the error page first says what the
 * error means to the user and gives a reference number for support, and then the technical cause.
 */
public final class UserPages extends FreeMarkerLoginFormsProvider {

  private static final Logger LOGGER = Logger.getLogger(UserPages.class);

  /** Keycloak's name of the error page, which is also used with themes that are not the pack's. */
  private static final String ERROR_TEMPLATE = "error.ftl";

  private static final String OURS = "fapi-error.ftl";

  /** The attribute under which a template finds the error. */
  private static final String ATTRIBUTE = "fapiError";

  private static final String PUSHED = "urn:ietf:params:oauth:request_uri:";

  /** From /resources/{version}/login/{theme} to the root of the server. */
  private static final String FROM_THEME = "../../../../";

  private static final int LONGEST = 1_000;

  private UserPages(KeycloakSession session) {
    super(session);
  }

  @Override
  public Response createErrorPage(Response.Status error) {
    if (realm != null
        && messages != null
        && !messages.isEmpty()
        && !RealmRules.of(session).isEmpty()) {
      if (client == null) {
        client = asking(); // for the link back, which is the registered address
      }
      FormMessage message = messages.get(0);
      ErrorCase found = ErrorCase.of(session, message, isKnown(message.getMessage()), sent());
      // The parameters are kept for a change of the language, for which Keycloak renders the page
      // again.
      messages = List.of(new FormMessage(null, message.getMessage(), found.parameters()));
      // The address of this page may work only once, or lack its form the second time.
      setDetachedAuthSession();
      LOGGER.debugf("%s in realm %s: %s", found.code(), realm.getName(), message.getMessage());
    }
    return super.createErrorPage(error);
  }

  /** Adds the title even if Keycloak shows the page again in another language. */
  @Override
  public Response createInfoPage() {
    if (messages != null
        && !messages.isEmpty()
        && messages.get(0).getMessage().startsWith(Answers.WORDS)) {
      setAttribute("messageHeader", messages.get(0).getMessage() + ".title");
    }
    return super.createInfoPage();
  }

  @Override
  protected Response processTemplate(Theme theme, String templateName, Locale locale) {
    if (realm != null && PageFrame.isOurs(theme) && new Brand(session).isSet()) {
      putBrand();
    }
    if (!templateName.equals(ERROR_TEMPLATE) || realm == null || messages == null) {
      return super.processTemplate(theme, templateName, locale);
    }
    FormMessage message = messages.get(0);
    return ErrorCase.read(message)
        .map(
            found -> {
              attributes.put(ATTRIBUTE, model(theme, message, found));
              return super.processTemplate(
                  theme, PageFrame.isOurs(theme) ? templateName : OURS, locale);
            })
        .orElseGet(() -> super.processTemplate(theme, templateName, locale));
  }

  /**
   * Keycloak's templates name style sheets relative to a theme's folder; this one belongs to the
   * realm.
   */
  private void putBrand() {
    String sheet =
        FROM_THEME
            + UriBuilder.fromPath("realms/{realm}/" + BrandSheetFactory.ID).build(realm.getName());
    attributes.put("fapiBrand", sheet);
    if (attributes.get("themeResources") instanceof ThemeResources resources) {
      List<ThemeResourceDescriptor> styles = new ArrayList<>(resources.getStyles());
      styles.add(ThemeResourceDescriptor.builder(sheet).build());
      attributes.put(
          "themeResources",
          new ThemeResources(
              styles,
              resources.getStylesCommon(),
              resources.getScripts(),
              resources.getFavicons()));
    }
  }

  private Map<String, Object> model(Theme theme, FormMessage message, ErrorCase found) {
    Map<String, Object> model = new HashMap<>();
    model.put("key", found.kind().key());
    model.put("code", found.code());
    model.put("reference", found.reference());
    model.put("technical", SafeText.of(technical(theme, message, found), LONGEST));
    return model;
  }

  /** The technical cause, always in English, because it is meant for administrators. */
  private String technical(Theme theme, FormMessage message, ErrorCase found) {
    if (found.kind() == ErrorKind.SPENT && isKnown(message.getMessage())) {
      return "the request_uri is not known: it has been used, has expired, or is another client's";
    }
    String pattern = messages(theme, Locale.ENGLISH).getProperty(message.getMessage());
    return pattern == null
        ? message.getMessage()
        : new MessageFormat(pattern, Locale.ENGLISH).format(message.getParameters());
  }

  private boolean isKnown(String key) {
    try {
      return messages(getTheme(), Locale.ENGLISH).containsKey(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Properties messages(Theme theme, Locale locale) {
    try {
      return theme.getEnhancedMessages(realm, locale);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ErrorKind.Sent sent() {
    String request = uriInfo.getQueryParameters().getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    return new ErrorKind.Sent(
        request != null && request.startsWith(PUSHED), clientId() != null && asking() == null);
  }

  private String clientId() {
    return uriInfo.getQueryParameters().getFirst(OIDCLoginProtocol.CLIENT_ID_PARAM);
  }

  /** The client that the request names, if it is enabled. */
  private ClientModel asking() {
    ClientModel named = clientId() == null ? null : realm.getClientByClientId(clientId());
    return named != null && named.isEnabled() ? named : null;
  }

  /** Replaces Keycloak's factory. */
  public static final class Factory extends FreeMarkerLoginFormsProviderFactory {

    @Override
    public LoginFormsProvider create(KeycloakSession session) {
      return new UserPages(session);
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
