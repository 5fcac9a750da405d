package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The subject of certificates, attribute by attribute in the order of the certificate. Values are
 * encoded as they are: BouncyCastle's style would read {@code #} as the beginning of DER, and a
 * backslash as an escape.
 */
final class SubjectNames {

  /** The attributes that are a PrintableString, if the value has only such characters. */
  private static final Set<ASN1ObjectIdentifier> PRINTABLE =
      Set.of(BCStyle.C, BCStyle.SERIALNUMBER, BCStyle.DN_QUALIFIER, BCStyle.TELEPHONE_NUMBER);

  /** The attributes of at most 64 characters (RFC 5280 appendix A.1). */
  private static final Set<ASN1ObjectIdentifier> SHORT =
      Set.of(BCStyle.CN, BCStyle.O, BCStyle.OU, BCStyle.SERIALNUMBER);

  private static final int LONGEST = 64;

  /** Without it, two software of an organisation could have the same subject. */
  private static final String SOFTWARE = "{software.id}";

  private final Map<ASN1ObjectIdentifier, Text> attributes = new LinkedHashMap<>();

  /**
   * @param subject the attributes in the template
   * @param at where they are
   * @throws IllegalArgumentException with a sentence that begins with the place of the fault
   */
  SubjectNames(List<TemplateFile.Attribute> subject, String at) {
    if (subject.stream().noneMatch(attribute -> attribute.value().contains(SOFTWARE))) {
      throw Members.fault(at, "one attribute must contain " + SOFTWARE);
    }
    for (int i = 0; i < subject.size(); i++) {
      String place = at + "/" + i;
      TemplateFile.Attribute attribute = subject.get(i);
      Text value = Members.text(attribute.value(), Vocabulary.ofCertificate(), place + "/value");
      if (attributes.putIfAbsent(type(attribute.type(), place + "/type"), value) != null) {
        throw Members.fault(place + "/type", "the subject has this attribute already");
      }
    }
  }

  private static ASN1ObjectIdentifier type(String name, String at) {
    try {
      return Character.isDigit(name.charAt(0))
          ? new ASN1ObjectIdentifier(name)
          : BCStyle.INSTANCE.attrNameToOID(name);
    } catch (IllegalArgumentException e) {
      throw Members.fault(at, "there is no attribute '" + name + "'; write its dotted identifier");
    }
  }

  X500Principal fill(Values values) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    attributes.forEach(
        (type, text) -> {
          JsonNode value = text.fill(values);
          if (value != null) {
            name.addRDN(type, encoded(type, value.asText()));
          }
        });
    try {
      return new X500Principal(name.build().getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ASN1Encodable encoded(ASN1ObjectIdentifier type, String value) {
    String text = value;
    if (SHORT.contains(type) && value.codePointCount(0, value.length()) > LONGEST) {
      text = value.substring(0, value.offsetByCodePoints(0, LONGEST));
    }
    return PRINTABLE.contains(type) && DERPrintableString.isPrintableString(text)
        ? new DERPrintableString(text)
        : new DERUTF8String(text);
  }
}
