import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  endOtherSessions,
  endSession,
  listSessions,
  removeSecondFactor,
  replaceRecoveryCodes,
} from '../../contract/identity.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatDay, formatInstant, formatTime } from '../platform/format.ts'
import { asProblem } from '../platform/problem.ts'
import { type Me, meQuery, useMe } from '../platform/session.ts'
import { type Shortcut, setShortcut, shortcuts, turnedOff } from '../platform/shortcuts.ts'
import { profileWords, proofWords, territoryInWords, toolWords } from '../platform/words.ts'
import {
  announce,
  Badge,
  Button,
  ButtonRow,
  Columns,
  DataTable,
  Dialog,
  Empty,
  Facts,
  Link,
  Loaded,
  Notice,
  Page,
  Refused,
  RelativeDay,
  Section,
  Toggle,
} from '../ui/index.ts'
import { ChangePassword } from './change-password.tsx'
import { EndOthers, endedInWords } from './end-others.tsx'
import { EnrolPasskey, EnrolTotp, RecoveryCodes } from './enrolment.tsx'

export default function AccountPage() {
  const me = useMe()
  return (
    <Page title="Mon compte" lead={`${me.account.givenName} ${me.account.familyName}, ${me.organisation.name}`}>
      {me.missing.length > 0 && (
        <Notice tone="warning" title="Ce qui manque pour travailler">
          <ul>
            {me.missing.map(({ code, sentence, whoActs }) => (
              <li key={code}>
                {sentence} <strong>Qui agit : {whoActs}</strong>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Columns>
        <Section title="Identité">
          <Facts
            items={[
              ['Nom', `${me.account.givenName} ${me.account.familyName}`],
              ['Fonction', me.account.function],
              ['Structure', me.organisation.name],
            ]}
          />
          <p className="fr-text--sm fr-mb-0">
            Une erreur ? Le responsable de gestion de comptes (RGC) de votre structure la corrige.
          </p>
          <p className="fr-mt-2w fr-mb-0">
            <Link href="/journal">Mon journal : mes actes, et ceux faits sur mon compte</Link>
          </p>
        </Section>
        <Rights rights={me.rights} />
      </Columns>
      <SecondFactors me={me} />
      {me.factors.password && <Password />}
      <Sessions />
      <Shortcuts />
    </Page>
  )
}

/** Effective rights, in sentences. */
const Rights = ({ rights }: { rights: Me['rights'] }) => (
  <Section title="Ce que je peux faire" actions={<Link href="/mes-droits">Mes droits en détail</Link>}>
    {rights.length === 0 && (
      <Empty title="Aucune habilitation en cours">
        Le responsable de gestion de comptes (RGC) de votre structure les donne, outil par outil.
      </Empty>
    )}
    <ul className="cc-rights">
      {rights.map(({ tool, profile, territory, reason, since, until }) => (
        <li key={`${tool} ${territory.id}`}>
          <strong>{toolWords[tool]}</strong>, profil {profileWords[profile]}, pour {territoryInWords(territory)}
          <span className="fr-hint-text">
            depuis le {formatDay(since.slice(0, 10))}
            {until && `, jusqu’au ${formatDay(until.slice(0, 10))}`} ; motif : « {reason} »
          </span>
        </li>
      ))}
    </ul>
  </Section>
)

const kinds = { totp: 'Application de codes', passkey: 'Clé d’accès' } as const

const SecondFactors = ({ me }: { me: Me }) => {
  const queries = useQueryClient()
  const [adding, setAdding] = useState<'totp' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[]>([])
  const [others, setOthers] = useState(true)
  const refresh = () => queries.invalidateQueries({ queryKey: meQuery.queryKey })
  const changed = async (words: string) => {
    announce(`${words}${await endedInWords(others)}`)
    await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ['sessions'] })])
  }
  const remove = useMutation({
    mutationFn: (factorId: string) => call(removeSecondFactor, { params: { factorId } }),
    onSuccess: () => changed('Le second facteur est retiré.'),
  })
  const replace = useMutation({
    mutationFn: () => call(replaceRecoveryCodes),
    onSuccess: async ({ recoveryCodes }) => {
      setCodes(recoveryCodes)
      await changed('Vos codes de secours sont remplacés.')
    },
  })
  const close = () => {
    setAdding(null)
    setCodes([])
    void refresh()
  }
  const enrolledNow = (recovery: readonly string[]) => {
    if (recovery.length) setCodes(recovery)
    else close()
    void changed('Le second facteur est enregistré.')
  }
  const { second, enrolled, recoveryCodesLeft } = me.factors
  return (
    <Section title="Seconds facteurs">
      <p>
        {second ? (
          <>
            Pour cette session, votre second facteur a été prouvé par <strong>{proofWords[second.by]}</strong> à{' '}
            {formatTime(second.at)}.
          </>
        ) : (
          'Le second facteur de cette session n’est pas prouvé.'
        )}
      </p>
      {remove.isError && <Refused problem={remove.error} />}
      {enrolled.length > 0 ? (
        <DataTable
          caption="Mes seconds facteurs enregistrés ici"
          hideCaption
          keys={false}
          rows={enrolled}
          keyOf={({ id }) => id}
          columns={[
            { head: 'Nom', cell: ({ label }) => label },
            { head: 'Moyen', cell: ({ kind }) => kinds[kind] },
          ]}
          acts={({ id, label }) => (
            <Button size="small" priority="tertiary" busy={remove.isPending} onClick={() => remove.mutate(id)}>
              Retirer<span className="fr-sr-only"> {label}</span>
            </Button>
          )}
        />
      ) : (
        <Empty title="Aucun second facteur enregistré ici">
          Votre fournisseur d’identité le vérifie lui-même. En enregistrer un vous permettrait d’entrer s’il cessait de
          le faire.
        </Empty>
      )}
      <EndOthers checked={others} onChange={setOthers} />
      <div className="fr-mt-2w">
        <ButtonRow>
          <Button size="small" priority="secondary" onClick={() => setAdding('passkey')}>
            Ajouter une clé d’accès
          </Button>
          <Button size="small" priority="secondary" onClick={() => setAdding('totp')}>
            Ajouter une application de codes
          </Button>
        </ButtonRow>
      </div>
      {enrolled.length > 0 && (
        <>
          <p className="fr-mt-3w fr-mb-1w">
            {recoveryCodesLeft === 0
              ? 'Il ne vous reste aucun code de secours.'
              : `Il vous reste ${formatCount(recoveryCodesLeft, 'code de secours', 'codes de secours')}.`}{' '}
            En demander de nouveaux annule les précédents.
          </p>
          {replace.isError && <Refused problem={replace.error} />}
          <Button size="small" priority="tertiary" busy={replace.isPending} onClick={() => replace.mutate()}>
            Remplacer mes codes de secours
          </Button>
        </>
      )}
      {(adding || codes.length > 0) && (
        <Dialog
          title={
            codes.length
              ? 'Vos codes de secours'
              : adding === 'totp'
                ? 'Ajouter une application de codes'
                : 'Ajouter une clé d’accès'
          }
          {...(codes.length ? {} : { onClose: close })}
        >
          {codes.length ? (
            <RecoveryCodes codes={codes} onKept={close} />
          ) : adding === 'totp' ? (
            <EnrolTotp onEnrolled={enrolledNow} />
          ) : (
            <EnrolPasskey onEnrolled={enrolledNow} />
          )}
        </Dialog>
      )}
    </Section>
  )
}

const Password = () => {
  const [changing, setChanging] = useState(false)
  return (
    <Section title="Mot de passe">
      <p>Votre compte a un mot de passe. Il ne se change que s’il a pu être vu ou deviné ; il n’expire pas.</p>
      <Button size="small" priority="secondary" onClick={() => setChanging(true)}>
        Changer mon mot de passe
      </Button>
      {changing && (
        <Dialog title="Changer mon mot de passe" onClose={() => setChanging(false)}>
          <ChangePassword onDone={() => setChanging(false)} />
        </Dialog>
      )}
    </Section>
  )
}

const Sessions = () => {
  const queries = useQueryClient()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => call(listSessions, { signal }) })
  const ended = {
    onSuccess: ({ ended: count }: { ended: number }) => {
      announce(`${formatCount(count, 'session fermée', 'sessions fermées')}.`)
      return queries.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: (error: Error) => announce(asProblem(error).detail),
  }
  const end = useMutation({ mutationFn: (sessionId: string) => call(endSession, { params: { sessionId } }), ...ended })
  const endOthers = useMutation({ mutationFn: () => call(endOtherSessions), ...ended })
  const refused = end.error ?? endOthers.error
  return (
    <Section title="Mes sessions ouvertes">
      <p>
        Une session que vous ne reconnaissez pas ? Fermez-la, puis prévenez le responsable de gestion de comptes (RGC)
        de votre structure.
      </p>
      {refused && <Refused problem={refused} />}
      <Loaded query={sessions} lines={3}>
        {({ items }) => (
          <>
            <DataTable
              caption="Mes sessions ouvertes"
              hideCaption
              keys={false}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'Appareil',
                  cell: ({ device, current }) => (
                    <>
                      {device} {current && <Badge tone="info">celle-ci</Badge>}
                    </>
                  ),
                },
                { head: 'Ouverte', cell: ({ signedInAt }) => formatInstant(signedInAt) },
                { head: 'Dernière activité', cell: ({ lastSeenAt }) => <RelativeDay date={lastSeenAt} /> },
                {
                  head: 'État',
                  cell: ({ state }) =>
                    ({ active: 'ouverte', locked: 'verrouillée', 'second-factor-required': 'second facteur attendu' })[
                      state
                    ],
                },
              ]}
              acts={({ id, current, device }) =>
                !current && (
                  <Button size="small" priority="tertiary" busy={end.isPending} onClick={() => end.mutate(id)}>
                    Fermer<span className="fr-sr-only"> la session {device}</span>
                  </Button>
                )
              }
            />
            {items.some(({ current }) => !current) && (
              <div className="fr-mt-2w">
                <Button size="small" priority="secondary" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
                  Fermer toutes les autres
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

const Shortcuts = () => {
  const off = turnedOff.use()
  const single = (Object.keys(shortcuts) as Shortcut[]).filter(id => !shortcuts[id].keys.startsWith('Ctrl'))
  return (
    <Section title="Raccourcis du clavier" id="raccourcis">
      <p>
        Aucun n’agit pendant que vous écrivez dans un champ. Désactivez ceux qui gênent votre lecteur d’écran ou votre
        commande vocale ; ce choix vaut pour ce navigateur.
      </p>
      <ul className="cc-toggles">
        {single.map(id => (
          <li key={id}>
            <Toggle
              label={`${shortcuts[id].keys} — ${shortcuts[id].does}`}
              checked={!off.includes(id)}
              onChange={on => setShortcut(id, on)}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
