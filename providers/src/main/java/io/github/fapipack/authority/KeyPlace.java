package io.github.fapipack.authority;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.keys.Attributes;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The settings of an imported issuing key: PEM texts, a keystore, or a PKCS#11 token. */
final class KeyPlace {

  static final String PRIVATE_KEY = Attributes.PRIVATE_KEY_KEY;
  static final String CHAIN = "certificateChain";
  static final String TYPE = "keystoreType";
  static final String PATH = "keystore";
  static final String PASSWORD = "keystorePassword";
  static final String ALIAS = "keyAlias";
  static final String TOKEN = "pkcs11Provider";

  static final String PEM = "PEM";
  static final String PKCS11 = "PKCS11";

  private static final String STRING = ProviderConfigProperty.STRING_TYPE;

  private KeyPlace() {}

  /** When a key issues, which each kind of issuing key has. */
  static ProviderConfigurationBuilder common() {
    return ProviderConfigurationBuilder.create()
        .property(Attributes.PRIORITY_PROPERTY)
        .property(
            with(
                Attributes.ENABLED_PROPERTY,
                "Off, nothing is signed with the key: revocation lists and OCSP responses of its"
                    + " certificates end. Leave it on until its last certificate has expired."))
        .property(
            with(
                Attributes.ACTIVE_PROPERTY,
                "Whether the key issues certificates. Of several active ones, that with the"
                    + " highest priority does. One that is passive goes on signing revocation"
                    + " lists and OCSP responses."));
  }

  private static ProviderConfigProperty with(ProviderConfigProperty model, String help) {
    return new ProviderConfigProperty(
        model.getName(), model.getLabel(), help, model.getType(), model.getDefaultValue());
  }

  static List<ProviderConfigProperty> properties() {
    return common()
        .property(
            new ProviderConfigProperty(
                TYPE,
                "Where the key is",
                "PEM: in the two fields below. PKCS12 or JKS: in a file of the server. PKCS11: in"
                    + " an HSM that the server is configured for.",
                ProviderConfigProperty.LIST_TYPE,
                PEM,
                PEM,
                "PKCS12",
                "JKS",
                PKCS11))
        .property(
            new ProviderConfigProperty(
                PRIVATE_KEY,
                "Private key",
                "For PEM: the private key of the issuing certificate, not encrypted, or an"
                    + " expression of the vault.",
                ProviderConfigProperty.FILE_TYPE,
                null,
                true))
        .property(
            new ProviderConfigProperty(
                CHAIN,
                "Certificates",
                "The issuing certificate, then those above it up to the root, as PEM. A keystore"
                    + " may hold them instead.",
                ProviderConfigProperty.FILE_TYPE,
                null))
        .property(
            new ProviderConfigProperty(
                PATH,
                "Keystore",
                "For PKCS12 and JKS: the file, in the folder data/<realm> of the server.",
                STRING,
                null))
        .property(
            new ProviderConfigProperty(
                TOKEN,
                "PKCS#11 provider",
                "For PKCS11: the name of the security provider, such as SunPKCS11-hsm. The server"
                    + " option --spi-keys--fapi-issuing-key--pkcs11-config names its configuration"
                    + " file.",
                STRING,
                null))
        .property(
            new ProviderConfigProperty(
                PASSWORD,
                "Password",
                "Of the keystore and of its key, or the PIN of the token.",
                STRING,
                null,
                true))
        .property(
            new ProviderConfigProperty(
                ALIAS, "Alias", "Of the key in the keystore or token.", STRING, null))
        .build();
  }

  /** A setting without spaces around it; null if it is not set. */
  static String get(ComponentModel model, String name) {
    String value = model.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
