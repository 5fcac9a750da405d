/**
 * The results of an audit: verdicts on clients, a summary, and the report as JSON or SARIF, written
 * while the audit runs. Start with {@link io.github.fapipack.report.ReportBody}.
 */
package io.github.fapipack.report;
