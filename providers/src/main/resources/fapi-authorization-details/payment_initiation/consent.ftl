<#-- model: detail (the object), text (this type's messages) -->
<dl>
  <dt>${text['instructedAmount']}</dt>
  <dd>${detail.instructedAmount.amount} ${detail.instructedAmount.currency}</dd>
  <dt>${text['creditorName']}</dt>
  <dd>${detail.creditorName}</dd>
  <dt>${text['creditorAccount']}</dt>
  <dd>${detail.creditorAccount.iban!detail.creditorAccount.bban}</dd>
  <#if detail.debtorAccount??>
  <dt>${text['debtorAccount']}</dt>
  <dd>${detail.debtorAccount.iban!detail.debtorAccount.bban!}</dd>
  </#if>
  <#if detail.remittanceInformationUnstructured??>
  <dt>${text['remittanceInformationUnstructured']}</dt>
  <dd>${detail.remittanceInformationUnstructured}</dd>
  </#if>
  <#if detail.requestedExecutionDate??>
  <dt>${text['requestedExecutionDate']}</dt>
  <dd>${detail.requestedExecutionDate}</dd>
  </#if>
  <#if detail.actions??>
  <dt>${text['actions']}</dt>
  <dd><#list detail.actions as value>${text['actions.' + value]!value}<#sep>, </#list></dd>
  </#if>
</dl>
