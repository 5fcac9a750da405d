/**
 * The rules on request objects: signed, with which algorithm, by whom, for whom, for how long, and
 * once (FAPI2-MS 5.3.1, RFC 9101). The object itself is {@code request.RequestObject}. Start with
 * {@link io.github.fapipack.requestobject.RequireSignedRequestObject}.
 */
package io.github.fapipack.requestobject;
