package io.github.fapipack.resourceserver.message;

import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.time.Clock;
import java.util.List;

/** Signs responses, each bound to its request (FAPI2-HS 5.3.2.1). */
public final class ResponseSignatures {
  private final OwnKey own;
  private final FapiSignatures profile;

  /**
   * Signs with the key of these settings.
   *
   * @throws IllegalArgumentException if they have none
   */
  public ResponseSignatures(HttpSignatures settings, Clock clock) {
    this.own =
        settings
            .own()
            .map(OwnKey::of)
            .orElseThrow(() -> new IllegalArgumentException("there is no key for responses"));
    this.profile = FapiSignatures.at(clock);
  }

  /**
   * The fields that sign a response: {@code Content-Digest} if there is content and it is not there
   * yet, {@code Signature-Input} and {@code Signature}. None if the request was so malformed that
   * no signature can refer to it.
   *
   * @param request the request as the client has sent it
   * @param content the bytes that are sent
   */
  public List<HttpField> sign(
      ApiRequest request, int status, List<HttpField> fields, byte[] content) {
    RequestMessage asked =
        new RequestMessage(request.method(), request.targetUri(), request.fields());
    try {
      ResponseMessage signed =
          profile.signResponse(new ResponseMessage(status, fields, asked), content, own.key());
      return signed.fields().subList(fields.size(), signed.fields().size());
    } catch (HttpSignatureException unsignable) {
      return List.of();
    }
  }
}
