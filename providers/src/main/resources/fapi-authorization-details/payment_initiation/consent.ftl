<#-- detail: the object; text: this type's messages; money, date, account: as the user writes them -->
<dl>
  <dt>${text['instructedAmount']}</dt>
  <dd class="fapi-amount">${money(detail.instructedAmount.amount, detail.instructedAmount.currency)}</dd>
  <dt>${text['creditorName']}</dt>
  <dd><strong>${detail.creditorName}</strong></dd>
  <dt>${text['creditorAccount']}</dt>
  <dd class="fapi-account">${account(detail.creditorAccount.iban!detail.creditorAccount.bban)}<#if detail.creditorAccount.bic??> (${detail.creditorAccount.bic})</#if></dd>
  <#if (detail.debtorAccount.iban)?? || (detail.debtorAccount.bban)??>
  <dt>${text['debtorAccount']}</dt>
  <dd class="fapi-account">${account(detail.debtorAccount.iban!detail.debtorAccount.bban)}</dd>
  </#if>
  <#if detail.remittanceInformationUnstructured??>
  <dt>${text['remittanceInformationUnstructured']}</dt>
  <dd>${detail.remittanceInformationUnstructured}</dd>
  </#if>
  <#if detail.requestedExecutionDate??>
  <dt>${text['requestedExecutionDate']}</dt>
  <dd>${date(detail.requestedExecutionDate)}</dd>
  </#if>
  <#if detail.actions??>
  <dt>${text['actions']}</dt>
  <dd><ul><#list detail.actions as value><li>${label('actions.', value)}</li></#list></ul></dd>
  </#if>
</dl>
