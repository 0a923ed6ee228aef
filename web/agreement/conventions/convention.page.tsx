import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Loaded, Notice, Page, Section } from '../../ui/index.ts'
import { Assessments } from '../assessments/assessments.tsx'
import { AmendmentDialog, CloseAmendmentDialog } from './amendment-dialogs.tsx'
import { AmendmentAuthorityDialog, AuthorityDialog, SignerAuthorityDialog } from './authority-dialog.tsx'
import { ContactDialog } from './contact-dialog.tsx'
import { MainAct, OtherActs } from './convention-acts.tsx'
import { Contacts } from './convention-contacts.tsx'
import { ConventionDisagreements } from './convention-disagreements.tsx'
import { Documents } from './convention-documents.tsx'
import { Notified } from './convention-notified.tsx'
import type { Asked } from './convention-part.ts'
import { Signatories } from './convention-signatories.tsx'
import { WhatNext } from './convention-terms.tsx'
import { Deputies } from './deputies.tsx'
import { DeputyDialog } from './deputy-dialog.tsx'
import { NameSignerDialog } from './name-signer-dialog.tsx'
import { BreachDialog, NoticeDialog, ReceiptDialog, WithdrawDialog } from './notice-dialogs.tsx'
import { AnswerDialog, CorrectDialog, EnterSignaturesDialog } from './paper-dialogs.tsx'
import { NameSignatoryDialog } from './partner-dialogs.tsx'
import { PartyIdentity } from './party-identity.tsx'
import { conventionQuery } from './queries.ts'
import { RecallDialog, SendDialog, SignDialog } from './sign-dialogs.tsx'
import { StructureTerritories } from './structure-territories.tsx'
import { ConventionTimeLine } from './time-line.tsx'
import { stateSentence, stateWords } from './words.ts'
import './conventions.css'

export default function ConventionPage() {
  const { conventionId } = usePathParams<{ conventionId: string }>()
  const query = useQuery(conventionQuery(conventionId))
  const [asked, setAsked] = useState<Asked | null>(null)
  const convention = query.data
  if (!convention)
    return (
      <Page title="Convention" breadcrumb={[{ label: 'Conventions', href: '/conventions' }]}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    )
  const close = () => setAsked(null)
  const dialog = { convention, onClose: close }
  return (
    <Page
      title={`Convention avec ${theStructure(convention.organisation.name)}`}
      beside={<Badge tone={stateWords[convention.state].tone}>{stateWords[convention.state].word}</Badge>}
      lead={stateSentence(convention)}
      breadcrumb={[{ label: 'Conventions', href: '/conventions' }]}
      actions={<MainAct convention={convention} onAsk={setAsked} />}
    >
      {convention.reach !== 'summary' && <ConventionTimeLine convention={convention} />}
      <WhatNext convention={convention} onAsk={setAsked} />
      {convention.reach !== 'file' && <Notice tone="info">{reachWords[convention.reach]}</Notice>}
      {convention.reach === 'file' && (
        <Section title="Ce qui a été notifié">
          <Notified convention={convention} onAsk={setAsked} />
        </Section>
      )}
      {convention.reach === 'file' && convention.effectiveFrom !== null && (
        <Section title="Différends">
          <ConventionDisagreements conventionId={convention.id} />
        </Section>
      )}
      {convention.reach !== 'summary' && (
        <>
          <Section title="Signataires et signatures">
            <Signatories convention={convention} onAsk={setAsked} />
          </Section>
          <Section title="Suppléants de signature">
            <Deputies convention={convention} onAsk={setAsked} />
          </Section>
          <Section title="Interlocuteurs">
            <Contacts convention={convention} onAsk={setAsked} />
          </Section>
          <Section title="Identité du partenaire">
            <PartyIdentity conventionId={convention.id} />
          </Section>
          <Section title="Territoires de la structure">
            <StructureTerritories conventionId={convention.id} />
          </Section>
        </>
      )}
      {convention.allowed.includes('read-assessments') && convention.effectiveFrom !== null && (
        <Section title="Évaluation annuelle de la sécurité">
          <Assessments organisation={convention.organisation} />
        </Section>
      )}
      <Section title="Documents, du plus fort au moins fort">
        <Documents convention={convention} onAsk={setAsked} />
      </Section>
      {convention.reach === 'file' && <OtherActs convention={convention} onAsk={setAsked} />}
      {asked?.act === 'sign' && (
        <SignDialog {...dialog} {...(asked.amendmentId ? { amendmentId: asked.amendmentId } : {})} />
      )}
      {asked?.act === 'name-signer' && (
        <NameSignerDialog {...dialog} {...(asked.amendmentId ? { amendmentId: asked.amendmentId } : {})} />
      )}
      {asked?.act === 'give-notice' && <NoticeDialog {...dialog} received={asked.received} />}
      {asked?.act === 'notify-breach' && <BreachDialog {...dialog} received={asked.received} />}
      {asked?.act === 'amend' && <AmendmentDialog {...dialog} />}
      {asked?.act === 'name-signatory' && <NameSignatoryDialog {...dialog} />}
      {asked?.act === 'send' && <SendDialog {...dialog} />}
      {asked?.act === 'recall' && <RecallDialog {...dialog} />}
      {asked?.act === 'receipt' && <ReceiptDialog {...dialog} kind={asked.kind} id={asked.id} />}
      {asked?.act === 'keep-receipt' && <ReceiptDialog {...dialog} kind={asked.kind} id={asked.id} only />}
      {asked?.act === 'enter-signatures' && <EnterSignaturesDialog {...dialog} amendmentId={asked.amendmentId} />}
      {asked?.act === 'close-amendment' && <CloseAmendmentDialog {...dialog} amendmentId={asked.amendmentId} />}
      {asked?.act === 'correct' && <CorrectDialog {...dialog} kind={asked.kind} id={asked.id} />}
      {(asked?.act === 'contest' || asked?.act === 'confirm') && (
        <AnswerDialog {...dialog} kind={asked.kind} id={asked.id} answer={asked.act} />
      )}
      {asked?.act === 'withdraw' && <WithdrawDialog {...dialog} kind={asked.kind} id={asked.id} />}
      {asked?.act === 'authority' &&
        (asked.amendmentId ? (
          <AmendmentAuthorityDialog {...dialog} party={asked.party} amendmentId={asked.amendmentId} />
        ) : (
          <AuthorityDialog {...dialog} party={asked.party} />
        ))}
      {asked?.act === 'signer-authority' && (
        <SignerAuthorityDialog {...dialog} party={asked.party} amendmentId={asked.amendmentId ?? null} />
      )}
      {asked?.act === 'deputy' && (
        <DeputyDialog {...dialog} ends={asked.ends} {...(asked.deputyId ? { deputyId: asked.deputyId } : {})} />
      )}
      {asked?.act === 'contact' && <ContactDialog {...dialog} role={asked.role} party={asked.party} />}
    </Page>
  )
}
const reachWords = {
  terms:
    'Vous lisez le texte en vigueur et les interlocuteurs. Les courriers, les congés, les manquements et l’historique sont réservés à ceux qui répondent de la convention : signataire, responsables, RGC, correspondant SI, DPD et RSSI.',
  summary:
    'Vous voyez que la convention existe, et ses dates. Son texte et ses interlocuteurs sont réservés aux agents de la structure.',
}
