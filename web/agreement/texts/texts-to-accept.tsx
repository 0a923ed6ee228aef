import { useMutation } from '@tanstack/react-query'
import { useLayoutEffect, useState } from 'react'
import { acceptConditions, type listConditions } from '../../../contract/agreement/texts.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { safeReturn } from '../../platform/session.ts'
import { toast } from '../../platform/toast.ts'
import { Badge, Button, ButtonRow, Card, Checkbox, Notice, Refused } from '../../ui/index.ts'
import { Markdown } from './markdown.tsx'
import { rightsChanged } from './queries.ts'
import { datesOf, nameOf } from './words.ts'

export const Texts = ({ items, toAccept }: Reply<typeof listConditions>) => {
  const [address] = useAddress()
  const go = useGo()
  const [read, setRead] = useState<readonly string[]>([])
  const [missed, setMissed] = useState(false)
  const waiting = items.filter(item => item.acceptedAt === null)
  // A text published meanwhile is another one: its box is not ticked.
  const ticked = waiting.filter(item => read.includes(item.id))
  const [key, setKey] = useState(newKey)
  const accept = useMutation({
    mutationFn: () =>
      call(acceptConditions, {
        body: { documents: waiting.map(({ id, hash }) => ({ documentId: id, hash })) },
        idempotencyKey: key,
      }),
    onSuccess: async () => {
      toast('Les textes sont acceptés.')
      await rightsChanged()
      go(safeReturn(address.retour), { replace: true })
    },
    onError: error => {
      if (asProblem(error).status < 500) setKey(newKey())
      void rightsChanged()
    },
  })
  useLayoutEffect(() => {
    if (missed) document.getElementById('a-cocher')?.focus()
  }, [missed])
  const left = waiting.filter(item => !read.includes(item.id))
  return (
    <>
      <div className="cc-cards fr-mt-3w fr-mb-3w">
        {items.map(item => (
          <Card key={item.id}>
            <div className="cc-section__head">
              <h2 className="fr-h5 fr-mb-0">{nameOf(item)}</h2>
              {item.acceptedAt ? <Badge tone="success">accepté</Badge> : <Badge tone="new">à accepter</Badge>}
            </div>
            <p className="fr-hint-text">
              « {item.title} », version {item.version}, {datesOf(item)}
              {item.acceptedAt && ` ; accepté le ${formatInstant(item.acceptedAt)}`}
            </p>
            <details open={item.acceptedAt === null}>
              <summary className="cc-summary">
                Lire le texte<span className="fr-sr-only"> : {nameOf(item)}</span>
              </summary>
              <Markdown text={item.body} level={3} />
            </details>
            {item.acceptedAt === null && (
              <Checkbox
                label={`J’ai lu et j’accepte ce texte : ${nameOf(item)}`}
                checked={read.includes(item.id)}
                onChange={on => setRead(on ? [...read, item.id] : read.filter(id => id !== item.id))}
              />
            )}
          </Card>
        ))}
      </div>
      {accept.isError && <Refused problem={accept.error} />}
      {missed && left.length > 0 && (
        <div id="a-cocher" tabIndex={-1}>
          <Notice tone="error" title="Il reste des textes à accepter">
            <ul>
              {left.map(item => (
                <li key={item.id}>{nameOf(item)}</li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      {toAccept > 0 ? (
        <ButtonRow>
          <Button
            busy={accept.isPending}
            onClick={() => {
              setMissed(false)
              if (ticked.length < waiting.length) setTimeout(() => setMissed(true))
              else accept.mutate()
            }}
          >
            {waiting.length > 1 ? `Accepter ces ${waiting.length} textes` : 'Accepter ce texte'}
          </Button>
          <Button priority="tertiary" href="/mes-droits">
            Mes droits
          </Button>
        </ButtonRow>
      ) : (
        <ButtonRow>
          <Button href={safeReturn(address.retour)}>Continuer</Button>
        </ButtonRow>
      )}
      {toAccept > 0 && (
        <p className="fr-text--sm fr-mt-2w">
          Sans accord, vos habilitations n’ouvrent rien ; vos droits, les textes et l’aide restent lisibles. Chaque
          accord est gardé avec la version, l’empreinte du texte et l’heure.
        </p>
      )}
    </>
  )
}
