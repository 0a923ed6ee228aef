import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { audiences, listDirectives, setDirective } from '../../../contract/signing-in/sign-in-rules.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatInstant, today } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import {
  Button,
  Checkbox,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Loaded,
  Notice,
  Section,
  SelectField,
  TextArea,
} from '../../ui/index.ts'
import { acceptedInWords, audienceWords, standings } from './directive-words.tsx'

export const Directives = () => {
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
        profil n’accepte pas le moyen utilisé n’ouvre rien tant que la personne ne s’est pas reconnectée autrement.
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
                      {setBy ?? 'l’exploitant du service'}, le {formatInstant(setAt)}
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
            draft={{ name: 'directive' }}
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
              toast('La directive est fixée.')
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
