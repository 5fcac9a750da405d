/**
 * The pages on which a user approves what goes beyond scopes, views and revokes grants, and reads
 * errors; the required action behind them, and the rule that no code is issued without approval.
 * What was asked and approved is data in {@code approval}. Start with {@code ConsentAction}.
 */
package io.github.fapipack.consent;
