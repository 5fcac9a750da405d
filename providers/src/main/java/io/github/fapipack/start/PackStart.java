package io.github.fapipack.start;

import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.ecosystem.ProfileFolder;
import io.github.fapipack.fetch.PartnerClient;
import io.github.fapipack.http.ExemptPaths;
import io.github.fapipack.keycloak.Reliance;
import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.start.PackRelease.Support;
import io.github.fapipack.template.TemplateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * Logs in one line what of the pack is active on which Keycloak, and refuses to start a server on
 * which a part would be missing. Options of the server, each after {@code
 * --spi-fapi-pack--start--}: {@code untested-keycloak}, the exact version to try; {@code without},
 * the parts to do without; {@code exempt-paths}, where other extensions use access tokens for their
 * own purposes; {@code ecosystems-folder}, with the operator's ecosystem profiles ({@code
 * conf/fapi-ecosystems} if it is not set); and {@code schemes-folder}, with the operator's scheme
 * templates ({@code conf/fapi-schemes}); {@code consent-key-store}, a PKCS #12 file with the client
 * certificate for the bank's consent service, and {@code consent-key-store-password}.
 */
public final class PackStart implements ProviderFactory<PackStart>, Provider {

  private static final Logger LOGGER = Logger.getLogger(PackStart.class);

  private StartOptions options = StartOptions.NONE;
  private String[] exemptPaths;
  private String ecosystems;
  private String schemes;
  private String keyStore;
  private String keyStorePassword;

  @Override
  public PackStart create(KeycloakSession session) {
    throw new UnsupportedOperationException("it has no use in a session");
  }

  @Override
  public void init(Config.Scope config) {
    exemptPaths = config.getArray("exemptPaths");
    ecosystems = config.get("ecosystemsFolder");
    schemes = config.get("schemesFolder");
    keyStore = config.get("consentKeyStore");
    keyStorePassword = config.get("consentKeyStorePassword", "");
    String[] without = config.getArray("without");
    options =
        new StartOptions(
            config.get("untestedKeycloak", ""),
            FormerNames.ofThePack()
                .replaceIn(
                    without == null ? Set.of() : Set.of(without),
                    (former, current) ->
                        LOGGER.warnf(
                            "--spi-fapi-pack--start--without names %s, which is %s now",
                            former, current)));
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    StartReport report =
        new StartReport(
            PackRelease.current(),
            Version.VERSION,
            ActiveParts.of(factory, Hooks.ofThePack()),
            options);
    report.refusal().ifPresent(PackStart::refuse);
    warnOfDifferences();
    ExemptPaths.use(factory, exemptPaths);
    useFolders();
    if (report.support() == Support.TESTED && report.isWhole()) {
      LOGGER.info(report.line());
    } else {
      LOGGER.warn(report.line());
    }
    ConsentScopes.install();
    NativeCrypto.install();
    PrintableLog.install();
  }

  private static void warnOfDifferences() {
    List<Reliance> others = Reliance.all().stream().filter(each -> !each.holds()).toList();
    if (!others.isEmpty()) {
      LOGGER.warnf(
          "This Keycloak lacks what the pack relies on, so some errors may have Keycloak's own code"
              + " and words, or none that a client can use: %s",
          others);
    }
  }

  private void useFolders() {
    String home = System.getProperty("kc.home.dir");
    useFolder(ecosystems, home, "fapi-ecosystems", ProfileFolder::use);
    useFolder(schemes, home, "fapi-schemes", TemplateFolder::use);
    if (keyStore != null) {
      PartnerClient.use(Path.of(keyStore), keyStorePassword.toCharArray());
    }
  }

  private static void useFolder(String set, String home, String name, Consumer<Path> use) {
    if (set != null) {
      use.accept(Path.of(set));
    } else if (home != null) {
      use.accept(Path.of(home, "conf", name));
    }
  }

  private static void refuse(String reason) {
    throw new IllegalStateException(reason);
  }

  @Override
  public void close() {
    ServerState.end();
  }

  @Override
  public String getId() {
    return "start";
  }
}
