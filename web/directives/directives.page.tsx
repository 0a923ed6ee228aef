import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import {
  audiences,
  type DirectiveShown,
  decidePassword,
  listDirectives,
  listPasswordOrganisations,
  type OrganisationSignIn,
  setDirective,
} from '../../contract/directives.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatDay, formatInstant, today } from '../platform/format.ts'
import { profileWords } from '../platform/words.ts'
import { OrganisationField } from '../territories/organisation-field.tsx'
import {
  announce,
  Badge,
  Button,
  Checkbox,
  type Choice,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Loaded,
  Notice,
  Page,
  Section,
  SelectField,
  TextArea,
} from '../ui/index.ts'

type Directive = Static<typeof DirectiveShown>
type Decision = Static<typeof OrganisationSignIn>
const audienceWords = { ...profileWords, fonction: 'fonction (RGC, CSSI, administrateur…)' } as const
const standings = {
  'in-effect': <Badge tone="success">en vigueur</Badge>,
  'to-come': <Badge tone="info">à venir</Badge>,
  replaced: <Badge>remplacée</Badge>,
} as const

/** What is accepted besides ProConnect with two factors, which always is. */
const acceptedInWords = ({ weakUntil, local, password }: Pick<Directive, 'weakUntil' | 'local' | 'password'>) =>
  [
    'ProConnect avec deux facteurs',
    ...(weakUntil ? [`ses niveaux faibles jusqu’au ${formatDay(weakUntil)}`] : []),
    ...(local ? ['un second facteur enregistré ici'] : []),
    ...(password ? ['le mot de passe, avec un second facteur'] : []),
  ].join(' ; ')

export default function SignInRulesPage() {
  return (
    <Page
      title="Moyens de connexion"
      lead="Ce que l’opérateur accepte, par profil et par date, et les structures qui se connectent par mot de passe."
    >
      <Directives />
      <Passwords />
    </Page>
  )
}

const Directives = () => {
  const queries = useQueryClient()
  const directives = useQuery({ queryKey: ['directives'], queryFn: ({ signal }) => call(listDirectives, { signal }) })
  const [setting, setSetting] = useState(false)
  const [local, setLocal] = useState(true)
  const [password, setPassword] = useState(false)
  return (
    <Section
      title="Directives d’authentification"
      actions={
        <Button size="small" onClick={() => setSetting(true)}>
          Fixer une directive
        </Button>
      }
    >
      <p>
        Une directive vaut dès le jour de sa prise d’effet, à la demande suivante de chacun. Une habilitation dont le
        profil n’accepte pas le moyen employé n’ouvre rien tant que la personne ne s’est pas reconnectée autrement.
      </p>
      <Loaded
        query={directives}
        lines={4}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune directive">
              Deux facteurs sont demandés à tous. Tout moyen que le service connaît est accepté ; pour les niveaux
              faibles de ProConnect, son réglage décide.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Directives, de la plus récente à la plus ancienne"
            keys={false}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: 'Profil', cell: ({ audience }) => audienceWords[audience] },
              { head: 'Prise d’effet', cell: ({ effectiveOn }) => formatDay(effectiveOn) },
              { head: 'Accepté', cell: acceptedInWords },
              { head: 'État', cell: ({ standing }) => standings[standing] },
              {
                head: 'Motif',
                cell: ({ reason, setBy, setAt }) => (
                  <span>
                    {reason}
                    <span className="fr-hint-text">
                      {setBy ?? 'ligne de commande'}, le {formatInstant(setAt)}
                    </span>
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {setting && (
        <Dialog title="Fixer une directive" onClose={() => setSetting(false)}>
          <Form
            submit="Fixer la directive"
            onCancel={() => setSetting(false)}
            onSubmit={async ({ audience, effectiveOn, weakUntil, reason }, { idempotencyKey }) => {
              await call(setDirective, {
                body: {
                  audience: audience as 'pilote',
                  effectiveOn: effectiveOn!,
                  weakUntil: weakUntil || null,
                  local,
                  password,
                  reason: reason!.trim(),
                },
                idempotencyKey,
              })
              announce('La directive est fixée.')
              setSetting(false)
              await queries.invalidateQueries({ queryKey: ['directives'] })
            }}
          >
            <SelectField
              name="audience"
              label="Profil"
              options={audiences.map(value => ({ value, label: audienceWords[value] }))}
              required
            />
            <DateField name="effectiveOn" label="Prise d’effet" min={today()} defaultValue={today()} required />
            <Notice>ProConnect avec deux facteurs de nature différente est toujours accepté.</Notice>
            <Checkbox
              label="Accepter un second facteur enregistré ici"
              hint="Clé d’accès ou application de codes, quand ProConnect n’a vérifié qu’un facteur"
              checked={local}
              onChange={setLocal}
            />
            <Checkbox
              label="Accepter le mot de passe"
              hint="Avec un second facteur, dans les structures où il est ouvert"
              checked={password}
              onChange={setPassword}
            />
            <DateField
              name="weakUntil"
              label="Accepter les niveaux faibles de ProConnect jusqu’au"
              hint="Leur second facteur peut être un code par courriel. Laissez vide pour les refuser"
              min={today()}
            />
            <TextArea name="reason" label="Motif" required maxLength={300} rows={2} />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}

const Passwords = () => {
  const queries = useQueryClient()
  const decisions = useQuery({
    queryKey: ['password-organisations'],
    queryFn: ({ signal }) => call(listPasswordOrganisations, { signal }),
  })
  const [deciding, setDeciding] = useState<{ organisation: Decision['organisation'] | null; allowed: boolean }>()
  const [chosen, setChosen] = useState<Choice | null>(null)
  const current = (items: readonly Decision[], decision: Decision) =>
    items.find(({ organisation }) => organisation.id === decision.organisation.id) === decision
  const close = () => {
    setDeciding(undefined)
    setChosen(null)
  }
  return (
    <Section
      title="Connexion par mot de passe"
      actions={
        <Button size="small" priority="secondary" onClick={() => setDeciding({ organisation: null, allowed: true })}>
          L’ouvrir à une structure
        </Button>
      }
    >
      <p>
        Fermée à toutes, sauf à celles qui n’ont pas de fournisseur d’identité ProConnect et à qui vous l’ouvrez. Un
        second facteur est toujours demandé.
      </p>
      <Loaded
        query={decisions}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune structure">La connexion par mot de passe n’est ouverte à personne.</Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Décisions, de la plus récente à la plus ancienne"
            keys={false}
            rows={items}
            keyOf={({ organisation, setAt }) => `${organisation.id} ${setAt}`}
            columns={[
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              {
                head: 'Mot de passe',
                cell: decision => (
                  <>
                    {decision.passwordAllowed ? 'ouvert' : 'fermé'}
                    {!current(items, decision) && <span className="fr-hint-text">décision remplacée</span>}
                  </>
                ),
              },
              {
                head: 'Motif',
                cell: ({ reason, setBy, setAt }) => (
                  <span>
                    {reason}
                    <span className="fr-hint-text">
                      {setBy ?? 'ligne de commande'}, le {formatInstant(setAt)}
                    </span>
                  </span>
                ),
              },
            ]}
            acts={decision =>
              current(items, decision) && (
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() =>
                    setDeciding({ organisation: decision.organisation, allowed: !decision.passwordAllowed })
                  }
                >
                  {decision.passwordAllowed ? 'Fermer' : 'Ouvrir'}
                  <span className="fr-sr-only"> : {decision.organisation.name}</span>
                </Button>
              )
            }
          />
        )}
      </Loaded>
      {deciding && (
        <Dialog
          title={deciding.allowed ? 'Ouvrir la connexion par mot de passe' : 'Fermer la connexion par mot de passe'}
          onClose={close}
        >
          <Form
            submit={deciding.allowed ? 'Ouvrir' : 'Fermer'}
            onCancel={close}
            onSubmit={async ({ reason, organisation }, { idempotencyKey }) => {
              const { sessionsEnded } = await call(decidePassword, {
                params: { organisationId: deciding.organisation?.id ?? organisation! },
                body: { allowed: deciding.allowed, reason: reason!.trim() },
                idempotencyKey,
              })
              announce(
                deciding.allowed
                  ? 'La connexion par mot de passe est ouverte à cette structure.'
                  : `La connexion par mot de passe est fermée, et ${formatCount(sessionsEnded, 'session avec elle', 'sessions avec elle')}.`,
              )
              close()
              await queries.invalidateQueries({ queryKey: ['password-organisations'] })
            }}
          >
            {deciding.organisation ? (
              <p>
                {deciding.allowed ? (
                  <>
                    <strong>{deciding.organisation.name}</strong> pourra se connecter par mot de passe et second
                    facteur.
                  </>
                ) : (
                  <>
                    Les personnes de <strong>{deciding.organisation.name}</strong> ne pourront plus se connecter par mot
                    de passe, et les sessions ouvertes ainsi seront fermées.
                  </>
                )}
              </p>
            ) : (
              <OrganisationField name="organisation" label="Structure" required value={chosen} onChange={setChosen} />
            )}
            <TextArea
              name="reason"
              label="Motif"
              hint={deciding.allowed ? 'Par exemple : aucun fournisseur d’identité raccordé à ProConnect' : undefined}
              required
              maxLength={300}
              rows={2}
            />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}
