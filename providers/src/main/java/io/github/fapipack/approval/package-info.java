/**
 * What a client asks of a user beyond scopes, and what the user has approved, as data:
 * authorization details (RFC 9396), the action on a grant, the request and the approval that an
 * authentication session carries. Nothing is checked or shown here: {@code rar} checks the details
 * and {@code consent} asks the user. Start with {@link io.github.fapipack.approval.ConsentRequest}.
 */
package io.github.fapipack.approval;
