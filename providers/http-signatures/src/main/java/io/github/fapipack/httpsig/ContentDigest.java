package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem.BytesItem;
import io.github.fapipack.httpsig.structured.Dictionary;
import io.github.fapipack.httpsig.structured.FieldType;
import io.github.fapipack.httpsig.structured.Item;
import io.github.fapipack.httpsig.structured.Member;
import io.github.fapipack.httpsig.structured.Parameters;
import io.github.fapipack.httpsig.structured.StructuredFieldException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The header field Content-Digest (RFC 9530 2), with the active algorithms only (RFC 9530 5). */
public final class ContentDigest {
  public static final String FIELD = "Content-Digest";

  /** An algorithm that a signature may rely on. */
  public enum Algorithm {
    SHA_256("sha-256", "SHA-256"),
    SHA_512("sha-512", "SHA-512");

    private final String key;
    private final String jcaName;

    Algorithm(String key, String jcaName) {
      this.key = key;
      this.jcaName = jcaName;
    }

    private byte[] digest(byte[] content) {
      try {
        return MessageDigest.getInstance(jcaName).digest(content);
      } catch (NoSuchAlgorithmException never) {
        throw new IllegalStateException("every Java platform has " + jcaName, never);
      }
    }
  }

  private ContentDigest() {}

  /** The field for a content as it is sent, with one member per algorithm. */
  public static HttpField field(byte[] content, Algorithm first, Algorithm... others) {
    Map<String, Member> members = new LinkedHashMap<>();
    members.put(first.key, item(first, content));
    for (Algorithm algorithm : others) {
      members.put(algorithm.key, item(algorithm, content));
    }
    return new HttpField(FIELD, Dictionary.of(members).serialize());
  }

  /**
   * Compares the field of a message with its content as received. Unknown and deprecated algorithms
   * are ignored; at least one usable digest is required, and every usable one must match.
   */
  public static void verify(HttpMessage message, byte[] content) throws HttpSignatureException {
    boolean verified = false;
    Dictionary digests = parse(message);
    for (Algorithm algorithm : Algorithm.values()) {
      Member member = digests.members().get(algorithm.key);
      if (member instanceof Item item && item.value() instanceof BytesItem bytes) {
        if (!MessageDigest.isEqual(algorithm.digest(content), bytes.value())) {
          throw new HttpSignatureException(
              Reason.WRONG_DIGEST,
              "Content-Digest is not the " + algorithm.key + " of the content");
        }
        verified = true;
      }
    }
    if (!verified) {
      throw new HttpSignatureException(
          Reason.ABSENT, "Content-Digest must have a member sha-256 or sha-512");
    }
  }

  private static Dictionary parse(HttpMessage message) throws HttpSignatureException {
    Dictionary digests;
    try {
      digests = FieldType.parseDictionary(FieldComponents.joined(message, FIELD));
    } catch (StructuredFieldException wrong) {
      throw new HttpSignatureException(
          Reason.MALFORMED, "Content-Digest must be a dictionary: " + wrong.getMessage(), wrong);
    }
    for (Member member : digests.members().values()) {
      if (!(member instanceof Item item && item.value() instanceof BytesItem)) {
        throw new HttpSignatureException(
            Reason.MALFORMED, "each member of Content-Digest must be a byte sequence");
      }
    }
    return digests;
  }

  private static Item item(Algorithm algorithm, byte[] content) {
    return new Item(new BytesItem(algorithm.digest(content)), Parameters.NONE);
  }
}
