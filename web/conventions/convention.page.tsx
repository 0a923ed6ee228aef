import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { endContact, sendConvention } from '../../contract/conventions.ts'
import { call, download } from '../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant, formatPhone } from '../platform/format.ts'
import { usePathParams } from '../platform/navigation.ts'
import { queryClient } from '../platform/query.ts'
import {
  announce,
  Badge,
  Button,
  ButtonRow,
  Facts,
  FileField,
  Link,
  Loaded,
  Notice,
  Page,
  Refused,
  roleList,
  Section,
  tellReader,
} from '../ui/index.ts'
import {
  AmendmentDialog,
  AuthorityDialog,
  BreachDialog,
  ContactDialog,
  NoticeDialog,
  RecallDialog,
  ReceiptDialog,
  SignDialog,
  WithdrawDialog,
} from './act-dialogs.tsx'
import { Assessments } from './assessments.tsx'
import { NameSignatoryDialog } from './partner-dialogs.tsx'
import { AnnexVersions, Versions } from './prevailing.tsx'
import { composeDocument, conventionQuery, keepChanged, sha256Of } from './queries.ts'
import { StructureTerritories } from './structure-territories.tsx'
import { ConventionTimeLine } from './time-line.tsx'
import {
  annexRoles,
  type Convention,
  lastDay,
  type Party,
  partyWords,
  type Role,
  roleWords,
  stateSentence,
  stateWords,
  warningWords,
} from './words.ts'
import './conventions.css'

type Asked =
  | { act: 'sign'; amendmentId?: string }
  | { act: 'give-notice' | 'notify-breach' | 'amend' | 'recall' | 'name-signatory' }
  | { act: 'receipt' | 'withdraw'; kind: 'notice' | 'breach'; id: string }
  | { act: 'authority'; party: Party }
  | { act: 'contact'; role: Role }

export default function ConventionPage() {
  const { conventionId } = usePathParams<{ conventionId: string }>()
  const query = useQuery(conventionQuery(conventionId))
  const [asked, setAsked] = useState<Asked | null>(null)
  const c = query.data
  if (!c)
    return (
      <Page title="Convention" breadcrumb={[{ label: 'Conventions', href: '/conventions' }]}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    )
  const close = () => setAsked(null)
  const dialog = { convention: c, onClose: close }
  return (
    <Page
      title={`Convention avec ${c.organisation.name}`}
      beside={<Badge tone={stateWords[c.state].tone}>{stateWords[c.state].word}</Badge>}
      lead={stateSentence(c)}
      breadcrumb={[{ label: 'Conventions', href: '/conventions' }]}
      actions={<MainAct convention={c} onAsk={setAsked} />}
    >
      {c.reach !== 'summary' && <ConventionTimeLine convention={c} />}
      <WhatNext convention={c} onAsk={setAsked} />
      {c.reach !== 'file' && <Notice tone="info">{reachWords[c.reach]}</Notice>}
      {c.reach === 'file' && (
        <Section title="Ce qui a été notifié">
          <Notified convention={c} onAsk={setAsked} />
        </Section>
      )}
      {c.reach !== 'summary' && (
        <>
          <Section title="Signataires et signatures">
            <Signatories convention={c} onAsk={setAsked} />
          </Section>
          <Section title="Interlocuteurs">
            <Contacts convention={c} onAsk={setAsked} />
          </Section>
          <Section title="Territoires de la structure">
            <StructureTerritories conventionId={c.id} />
          </Section>
        </>
      )}
      {c.allowed.includes('read-assessments') && c.effectiveFrom !== null && (
        <Section title="Évaluation annuelle de la sécurité">
          <Assessments organisation={c.organisation} />
        </Section>
      )}
      <Section title="Documents, dans l’ordre où ils prévalent">
        <Documents convention={c} onAsk={setAsked} />
      </Section>
      {c.reach === 'file' && <OtherActs convention={c} onAsk={setAsked} />}
      {asked?.act === 'sign' && (
        <SignDialog {...dialog} {...(asked.amendmentId ? { amendmentId: asked.amendmentId } : {})} />
      )}
      {asked?.act === 'give-notice' && <NoticeDialog {...dialog} />}
      {asked?.act === 'notify-breach' && <BreachDialog {...dialog} />}
      {asked?.act === 'amend' && <AmendmentDialog {...dialog} />}
      {asked?.act === 'name-signatory' && <NameSignatoryDialog {...dialog} />}
      {asked?.act === 'recall' && <RecallDialog {...dialog} />}
      {asked?.act === 'receipt' && <ReceiptDialog {...dialog} kind={asked.kind} id={asked.id} />}
      {asked?.act === 'withdraw' && <WithdrawDialog {...dialog} kind={asked.kind} id={asked.id} />}
      {asked?.act === 'authority' && <AuthorityDialog {...dialog} party={asked.party} />}
      {asked?.act === 'contact' && <ContactDialog {...dialog} role={asked.role} />}
    </Page>
  )
}
const reachWords = {
  terms:
    'Vous lisez le texte en vigueur et les interlocuteurs. Les courriers, les congés, les manquements et l’historique sont réservés à ceux qui répondent de la convention : signataire, responsables, RGC, correspondant SI, DPD et RSSI.',
  summary:
    'Vous voyez que la convention existe, et ses dates. Son texte et ses interlocuteurs sont réservés aux agents de la structure.',
}
type Part = { convention: Convention; onAsk: (asked: Asked) => void }

const toSign = (c: Convention) =>
  ['sent', 'signed-by-one'].includes(c.state)
    ? null
    : (c.amendments.find(
        a => a.effectiveAt === null && !c.signatures.some(s => s.amendmentId === a.id && s.party === c.actsFor),
      ) ?? null)
const MainAct = ({ convention: c, onAsk }: Part) => {
  const send = useMutation({
    mutationFn: async () => {
      const { id } = await call(composeDocument, { params: { conventionId: c.id }, timeoutMs: 60_000 })
      await keepChanged(
        'La convention est envoyée à la signature.',
        await call(sendConvention, { params: { conventionId: c.id }, body: { documentId: id } }),
      )
    },
  })
  const amendment = toSign(c)
  return (
    <>
      <ButtonRow>
        {c.allowed.includes('sign') && (
          <Button onClick={() => onAsk({ act: 'sign', ...(amendment ? { amendmentId: amendment.id } : {}) })}>
            {amendment ? `Signer l’avenant n° ${amendment.number}` : 'Signer'}
          </Button>
        )}
        {c.allowed.includes('send') && (
          <Button busy={send.isPending} onClick={() => send.mutate()}>
            {send.isPending ? 'Le document se compose…' : 'Envoyer à la signature'}
          </Button>
        )}
        {c.allowed.includes('edit') && (
          <Link className="fr-btn fr-btn--secondary" href={`/conventions/${c.id}/projet`}>
            Modifier le projet
          </Link>
        )}
      </ButtonRow>
      {send.isError && <Refused problem={send.error} retry={() => send.mutate()} />}
    </>
  )
}

const WhatNext = ({ convention: c }: Part) => (
  <Facts
    items={[
      ['Numéro', c.number],
      ['Parties', `${c.organisation.name} et l’opérateur, direction régionale ${c.region.name}`],
      ['Prise d’effet', c.effectiveFrom ? formatInstant(c.effectiveFrom) : 'à la seconde des deux signatures'],
      [
        'Première période',
        `jusqu’au ${formatDay(c.firstTermOn)} à 24 heures, puis reconduite par périodes de trois mois sans que personne n’ait à agir`,
      ],
      c.term !== null && [
        'Période en cours',
        `jusqu’au ${formatDay(c.term.endsOn)}${c.term.renewal ? ` (${c.term.renewal === 1 ? 'première reconduction' : `${c.term.renewal}e reconduction`})` : ''}`,
      ],
      c.next !== null && [
        'Ce qui vient',
        c.next.what === 'end'
          ? `fin de la convention le ${formatDay(lastDay(c.next.at))} à 24 heures`
          : `reconduction le ${formatDay(lastDay(c.next.at))} à 24 heures, jusqu’au ${c.term?.nextEndsOn ? formatDay(c.term.nextEndsOn) : 'terme'}`,
      ],
    ]}
  />
)

const Notified = ({ convention: c, onAsk }: Part) => {
  const open = !['ended', 'terminated'].includes(c.state) && c.actsFor !== null
  const acts = (
    kind: 'notice' | 'breach',
    one: { id: string; party: Party; endsAt: string | null; withdrawn: unknown },
  ) =>
    open &&
    !one.withdrawn && (
      <ButtonRow>
        {one.endsAt === null && (
          <Button size="small" priority="secondary" onClick={() => onAsk({ act: 'receipt', kind, id: one.id })}>
            Dire quand la lettre est arrivée
          </Button>
        )}
        {one.party === c.actsFor && c.allowed.includes('withdraw') && (
          <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'withdraw', kind, id: one.id })}>
            Y renoncer
          </Button>
        )}
      </ButtonRow>
    )
  const letter = (id: string | null) =>
    id && (
      <>
        {' '}
        <a href={`/api/conventions/${c.id}/documents/${id}`} download>
          La lettre
        </a>
      </>
    )
  if (!c.notices.length && !c.breaches.length) return <p>Rien : ni congé, ni manquement.</p>
  return (
    <ul className="cc-order">
      {c.notices.map(n => (
        <li key={n.id}>
          <p className="fr-mb-1v">
            <strong>Congé de {partyWords(n.party, c)}</strong>, par {n.channel}, envoyé le {formatDay(n.sentOn)},{' '}
            {n.receivedOn ? `reçu le ${formatDay(n.receivedOn)}` : 'réception à préciser'}.
            {n.endsAt && ` Effet le ${formatDay(lastDay(n.endsAt))} à 24 heures.`}
            {letter(n.documentId)}
          </p>
          {n.withdrawn && (
            <p className="fr-mb-1v">
              Retiré le {formatInstant(n.withdrawn.at)} : « {n.withdrawn.reason} »
            </p>
          )}
          {acts('notice', n)}
        </li>
      ))}
      {c.breaches.map(b => (
        <li key={b.id}>
          <p className="fr-mb-1v">
            <strong>Manquement notifié par {partyWords(b.party, c)}</strong> : « {b.obligation} ». Lettre recommandée{' '}
            {b.letterReference}, envoyée le {formatDay(b.sentOn)}
            {b.presentedOn && `, présentée le ${formatDay(b.presentedOn)}`}
            {b.deliveredOn && `, remise le ${formatDay(b.deliveredOn)}`}.
            {b.endsAt ? ` Effet le ${formatDay(lastDay(b.endsAt))} à 24 heures.` : ' Présentation à préciser.'}
            {letter(b.documentId)}
          </p>
          {b.withdrawn && (
            <p className="fr-mb-1v">
              Retiré le {formatInstant(b.withdrawn.at)} : « {b.withdrawn.reason} »
            </p>
          )}
          {acts('breach', b)}
        </li>
      ))}
    </ul>
  )
}

const Signatories = ({ convention: c, onAsk }: Part) => {
  const [verdict, setVerdict] = useState<{ tone: 'success' | 'error'; text: string } | null>(null)
  if (!c.signatories.length) return <p>Cette convention a été reprise avec sa date d’effet, sans ses signatures.</p>
  const check = async (file: File) => {
    const hash = await sha256Of(file)
    const signed = c.signatures.filter(s => s.sha256 === hash)
    const scan = c.documents.find(d => d.kind === 'signe' && d.sha256 === hash)
    const text = signed.length
      ? `C’est le document signé par ${signed.map(s => s.signerName).join(' et ')}, octet pour octet.`
      : scan
        ? 'C’est un exemplaire signé déposé ici, octet pour octet.'
        : 'Ce n’est pas le document signé : un octet au moins diffère.'
    setVerdict({ tone: signed.length || scan ? 'success' : 'error', text })
    announce(text)
  }
  return (
    <>
      <ul className="cc-order">
        {c.signatories.map(s => {
          const mine = c.signatures.filter(x => x.party === s.party)
          const may =
            c.allowed.includes('settle-authority') &&
            (c.actsFor === s.party ||
              c.allowed.includes('amend') ||
              c.allowed.includes('edit') ||
              c.allowed.includes('recall'))
          return (
            <li key={s.party}>
              <p className="fr-mb-1v">
                <strong>Pour {partyWords(s.party, c)}</strong> : {s.name}, {s.capacity}.
              </p>
              <p className="fr-mb-1v fr-text--sm">
                {s.act ? `${s.act}${s.actOn ? ` du ${formatDay(s.actOn)}` : ''}` : 'Acte non renseigné'}
                {s.localAuthority &&
                  ` · ${s.prefectureOn ? `reçu en préfecture le ${formatDay(s.prefectureOn)}` : 'réception en préfecture à renseigner'} · ${s.publishedOn ? `publié le ${formatDay(s.publishedOn)}` : 'publication à renseigner'}`}
              </p>
              {s.warnings.length > 0 && (
                <Notice tone="warning">
                  <ul>
                    {s.warnings.map(w => (
                      <li key={w}>{warningWords[w]}</li>
                    ))}
                  </ul>
                </Notice>
              )}
              {may && (
                <ButtonRow>
                  <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'authority', party: s.party })}>
                    Compléter l’acte
                  </Button>
                </ButtonRow>
              )}
              {mine.map(x => (
                <div key={x.id}>
                  <p className="fr-mb-1v">
                    Signé par {x.signerName} le {formatInstant(x.signedAt)},{' '}
                    {x.how === 'application'
                      ? 'dans le service, second facteur confirmé'
                      : 'sur papier, exemplaire déposé'}
                    {x.amendmentId && ` (avenant n° ${c.amendments.find(a => a.id === x.amendmentId)?.number})`}
                    {!x.amendmentId && x.documentId !== c.documentId && ' (document repris depuis)'}.{' '}
                    {x.intact ? (
                      <Badge tone="success">Document intact</Badge>
                    ) : (
                      <Badge tone="error">N’est plus le document signé</Badge>
                    )}
                  </p>
                  <p className="cc-hash fr-mb-1w">
                    SHA-256 <code>{x.sha256}</code>
                  </p>
                </div>
              ))}
              {mine.length === 0 && <p className="fr-mb-0">Pas encore signé.</p>}
            </li>
          )
        })}
      </ul>
      {c.allowed.includes('name-signatory') && (
        <ButtonRow>
          <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'name-signatory' })}>
            Nommer qui signe dans le service pour le partenaire
          </Button>
        </ButtonRow>
      )}
      {c.signatures.length > 0 && (
        <FileField
          label="Vérifier un exemplaire"
          hint="Choisissez un fichier : son empreinte est calculée sur votre appareil, rien n’est envoyé."
          accept="application/pdf"
          onFile={file => void check(file)}
        />
      )}
      {verdict && <Notice tone={verdict.tone}>{verdict.text}</Notice>}
    </>
  )
}

const Contacts = ({ convention: c, onAsk }: Part) => {
  const end = useMutation({
    mutationFn: async (role: Role) => {
      const { told } = await call(endContact, {
        params: { role },
        query: c.actsFor === 'operateur' ? { regionId: c.region.id } : {},
      })
      tellReader('L’interlocuteur est retiré.', told)
      await queryClient.invalidateQueries({ queryKey: conventionQuery(c.id).queryKey })
    },
  })
  return (
    <>
      {c.unheard.length > 0 && ['in-force', 'notice-given', 'breach-notified'].includes(c.state) && (
        <Notice tone="warning" title="Des courriels ne trouveraient personne">
          {(['partenaire', 'operateur'] as const)
            .map(party => ({ party, roles: c.unheard.filter(one => one.party === party) }))
            .filter(({ roles }) => roles.length > 0)
            .map(({ party, roles }) => (
              <p key={party} className="fr-mb-1v">
                Du côté de {partyWords(party, c)}, personne ne tient aujourd’hui{' '}
                {roles.length < 2 ? 'le rôle' : 'les rôles'} {roleList(roles)} : ce que le service{' '}
                {roles.length < 2 ? 'lui' : 'leur'} destine ne part à personne, et le journal le note.
              </p>
            ))}
        </Notice>
      )}
      {(['partenaire', 'operateur'] as const).map(party => (
        <div key={party}>
          <h3 className="fr-h6">
            {party === 'partenaire' ? `Annexe 2 : ${c.organisation.name}` : 'Annexe 2 bis : l’opérateur'}
          </h3>
          <ul className="cc-contacts">
            {annexRoles[party].map(role => {
              const all = c.contacts.filter(x => x.party === party && x.role === role)
              const current = all.find(x => x.endsAt === null)
              const past = all.filter(x => x.endsAt !== null)
              const may = c.allowed.includes('name-contacts') && (c.actsFor ?? 'partenaire') === party
              return (
                <li key={role}>
                  <p>
                    <strong>{roleWords[role]}</strong>
                  </p>
                  {current ? (
                    <>
                      <p>{current.name}</p>
                      <p>
                        <a href={`mailto:${current.email}`}>{current.email}</a>
                      </p>
                      {current.telephone && <p>{formatPhone(current.telephone)}</p>}
                    </>
                  ) : (
                    <p className="cc-role-empty">Personne ne tient ce rôle.</p>
                  )}
                  {past.length > 0 && (
                    <details>
                      <summary className="fr-text--sm">{formatCount(past.length, 'précédent')}</summary>
                      <ul>
                        {past.map(x => (
                          <li key={x.id} className="fr-text--sm">
                            {x.name}, du {formatDay(dayOf(x.startsAt))} au {formatDay(dayOf(x.endsAt!))}
                          </li>
                        ))}
                      </ul>
                    </details>
                  )}
                  {may && (
                    <ButtonRow>
                      <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'contact', role })}>
                        {current ? 'Changer' : 'Nommer'}
                        <span className="fr-sr-only"> : {roleWords[role]}</span>
                      </Button>
                      {current && (
                        <Button size="small" priority="tertiary" onClick={() => end.mutate(role)}>
                          Retirer<span className="fr-sr-only"> : {roleWords[role]}</span>
                        </Button>
                      )}
                    </ButtonRow>
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      ))}
      {end.isError && <Refused problem={end.error} />}
      {!c.allowed.includes('name-contacts') && (
        <p className="fr-text--sm">
          Chaque partie tient les siens : le signataire ou le responsable opérationnel de la structure, la direction
          régionale de l’opérateur. L’autre partie en reçoit un courriel aussitôt.
        </p>
      )}
    </>
  )
}

/** Article 12: the convention, its annexes, the general conditions, the particular ones. */
const Documents = ({ convention: c, onAsk }: Part) => {
  const file = useMutation({ mutationFn: (id: string) => download(`/conventions/${c.id}/documents/${id}`) })
  const line = (id: string, name: string, words: string) => (
    <p className="fr-mb-1v" key={id}>
      <Button size="small" priority="tertiary" icon="fr-icon-download-line" onClick={() => file.mutate(id)}>
        {name}
      </Button>{' '}
      <span className="fr-text--sm">{words}</span>
    </p>
  )
  const current = c.documents.find(d => d.id === c.documentId)
  const others = c.documents.filter(d => d.id !== c.documentId && ['convention', 'signe'].includes(d.kind))
  return (
    <>
      <ol className="cc-order">
        <li>
          <p className="fr-mb-1v">
            <strong>La convention</strong>
            {c.amendments.some(a => a.effectiveAt) && ', modifiée par ses avenants'}
          </p>
          {c.reach === 'summary' ? (
            <p className="fr-mb-1v">Réservée aux agents de la structure.</p>
          ) : current ? (
            line(current.id, current.name, `composé le ${formatInstant(current.addedAt)}`)
          ) : (
            <p className="fr-mb-1v">
              {c.state === 'draft' ? 'Pas encore composée.' : 'Document tenu hors du service.'}
            </p>
          )}
          {c.amendments.map(a => (
            <div key={a.id}>
              {line(
                a.documentId,
                `Avenant n° ${a.number} : ${a.title}`,
                a.effectiveAt
                  ? `en vigueur depuis le ${formatInstant(a.effectiveAt)}`
                  : 'à signer par les deux parties',
              )}
              {a.effectiveAt === null && c.allowed.includes('sign') && (
                <ButtonRow>
                  <Button size="small" onClick={() => onAsk({ act: 'sign', amendmentId: a.id })}>
                    Signer l’avenant n° {a.number}
                  </Button>
                </ButtonRow>
              )}
            </div>
          ))}
          {others.length > 0 && (
            <details>
              <summary className="fr-text--sm">
                {formatCount(others.length, 'autre version ou exemplaire', 'autres versions et exemplaires')}
              </summary>
              {others.map(d =>
                line(
                  d.id,
                  d.name,
                  `${d.kind === 'signe' ? 'exemplaire signé, déposé' : 'composé'} le ${formatInstant(d.addedAt)}`,
                ),
              )}
            </details>
          )}
        </li>
        <li>
          <p className="fr-mb-1v">
            <strong>Ses annexes</strong> (1, 1 bis, 2, 2 bis, 3, 4 et 5)
          </p>
          {c.reach !== 'summary' && (
            <p className="fr-mb-1v">
              <Link href={`/conventions/${c.id}/texte`}>Lire le texte et ses annexes</Link>
            </p>
          )}
          <AnnexVersions />
        </li>
        <li>
          <p className="fr-mb-1v">
            <strong>Les conditions générales d’utilisation</strong> (CGU)
          </p>
          <Versions kind="cgu" />
        </li>
        <li>
          <p className="fr-mb-1v">
            <strong>Les conditions particulières de chaque outil</strong> (CPU)
          </p>
          <Versions kind="cpu" />
        </li>
      </ol>
      {file.isError && <Refused problem={file.error} />}
    </>
  )
}

const OtherActs = ({ convention: c, onAsk }: Part) => {
  const acts = (
    [
      ['amend', 'Proposer un avenant'],
      ['give-notice', 'Donner congé'],
      ['notify-breach', 'Notifier un manquement'],
      ['recall', 'Reprendre le projet'],
    ] as const
  ).filter(([act]) => c.allowed.includes(act))
  return (
    <Section title="Faire évoluer la convention">
      {acts.length > 0 ? (
        <ButtonRow>
          {acts.map(([act, label]) => (
            <Button key={act} priority="secondary" onClick={() => onAsk({ act })}>
              {label}
            </Button>
          ))}
        </ButtonRow>
      ) : (
        <p className="fr-mb-0">
          {['ended', 'terminated'].includes(c.state)
            ? 'Elle est finie : elle ne change plus. Rien n’est effacé avant la fin des durées de conservation.'
            : 'Le signataire ou le responsable opérationnel de chaque partie donne congé ; la direction régionale propose les avenants.'}
        </p>
      )}
    </Section>
  )
}
