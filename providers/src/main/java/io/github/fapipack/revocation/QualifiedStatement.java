package io.github.fapipack.revocation;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.qualified.ETSIQCObjectIdentifiers;
import org.bouncycastle.asn1.x509.qualified.QCStatement;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * What a certificate says of itself as a qualified one (ETSI EN 319 412-5), and of its holder as a
 * payment service provider (ETSI TS 119 495). It says the truth only if it comes from a trusted
 * authority.
 *
 * @param qualified whether it claims to be qualified
 * @param uses what it is for: {@code web} (QWAC), {@code eseal}, {@code esign}; empty if it does
 *     not say
 * @param roles the PSD2 roles of the holder: {@code PSP_AS}, {@code PSP_PI}, {@code PSP_AI}, {@code
 *     PSP_IC}
 * @param authorityName the authority that has admitted the holder; empty without PSD2 statement
 * @param authorityId the same by its identifier, such as {@code DE-BAFIN}
 * @param fault why the statements cannot be read; empty if they can. Then nothing of the above is
 *     claimed
 */
public record QualifiedStatement(
    boolean qualified,
    Set<String> uses,
    Set<String> roles,
    String authorityName,
    String authorityId,
    Optional<String> fault) {

  /** The use of certificates for web sites. */
  public static final String WEB = "web";

  /** The use of certificates for electronic seals. */
  public static final String SEAL = "eseal";

  private static final Map<ASN1ObjectIdentifier, String> USES =
      Map.of(
          ETSIQCObjectIdentifiers.id_etsi_qct_web, WEB,
          ETSIQCObjectIdentifiers.id_etsi_qct_eseal, SEAL,
          ETSIQCObjectIdentifiers.id_etsi_qct_esign, "esign");

  private static final ASN1ObjectIdentifier PSD2 = new ASN1ObjectIdentifier("0.4.0.19495.2");

  private static final Map<String, String> ROLES =
      Map.of(
          "0.4.0.19495.1.1", "PSP_AS",
          "0.4.0.19495.1.2", "PSP_PI",
          "0.4.0.19495.1.3", "PSP_AI",
          "0.4.0.19495.1.4", "PSP_IC");

  /** TS 119 495 allows 256 characters. */
  private static final int LONGEST = 256;

  private static final int MOST = 50;

  public QualifiedStatement {
    uses = Set.copyOf(uses);
    roles = Set.copyOf(roles);
  }

  /** Whether it can be read. */
  public boolean isReadable() {
    return fault.isEmpty();
  }

  /** Whether it claims to be a qualified certificate for web sites (QWAC). */
  public boolean isForWebsites() {
    return qualified && uses.contains(WEB);
  }

  /** What a certificate says; empty if it has no such statements. */
  public static Optional<QualifiedStatement> of(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(Extension.qCStatements.getId());
    if (extension == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(sequence(JcaX509ExtensionUtils.parseExtensionValue(extension))));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Optional.of(
          new QualifiedStatement(
              false,
              Set.of(),
              Set.of(),
              "",
              "",
              Optional.of("the certificate's qcStatements cannot be read")));
    }
  }

  private static QualifiedStatement read(ASN1Sequence statements) {
    boolean qualified = false;
    Set<String> uses = new LinkedHashSet<>();
    Set<String> roles = new LinkedHashSet<>();
    String name = "";
    String id = "";
    for (ASN1Encodable each : statements) {
      QCStatement statement = QCStatement.getInstance(each);
      ASN1ObjectIdentifier type = statement.getStatementId();
      if (ETSIQCObjectIdentifiers.id_etsi_qcs_QcCompliance.equals(type)) {
        qualified = true;
      } else if (ETSIQCObjectIdentifiers.id_etsi_qcs_QcType.equals(type)) {
        for (ASN1Encodable use : sequence(statement.getStatementInfo())) {
          uses.add(use(ASN1ObjectIdentifier.getInstance(use)));
        }
      } else if (PSD2.equals(type)) {
        ASN1Sequence info = sequence(statement.getStatementInfo());
        for (ASN1Encodable role : sequence(info.getObjectAt(0))) {
          roles.add(role(sequence(role)));
        }
        name = text(info.getObjectAt(1));
        id = text(info.getObjectAt(2));
      }
    }
    return new QualifiedStatement(qualified, uses, roles, name, id, Optional.empty());
  }

  private static String use(ASN1ObjectIdentifier type) {
    return USES.getOrDefault(type, type.getId());
  }

  /** The identifier counts; the name beside it could say something else. */
  private static String role(ASN1Sequence role) {
    String id = ASN1ObjectIdentifier.getInstance(role.getObjectAt(0)).getId();
    String known = ROLES.getOrDefault(id, id);
    if (ROLES.containsKey(id) && !known.equals(text(role.getObjectAt(1)))) {
      throw new IllegalArgumentException("the role has two names");
    }
    return known;
  }

  private static ASN1Sequence sequence(ASN1Encodable value) {
    ASN1Sequence sequence = ASN1Sequence.getInstance(value);
    if (sequence == null || sequence.size() > MOST) {
      throw new IllegalArgumentException("it is missing or too long");
    }
    return sequence;
  }

  private static String text(ASN1Encodable value) {
    if (!(value.toASN1Primitive() instanceof DERUTF8String utf8)) {
      throw new IllegalArgumentException("a text has another type");
    }
    String text = utf8.getString();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new IllegalArgumentException("a text is empty or too long");
    }
    return text;
  }
}
