import { ApiProblem } from '../platform/problem.ts'
import { Badge, Button, ButtonRow, Empty, Loaded, Notice, Refused, Section, Skeleton, toast } from '../ui/index.ts'

const problems = [
  new ApiProblem('access/conditions-to-accept', 403, {
    title: 'Conditions à accepter',
    detail: 'Il reste des conditions à lire et à accepter.',
  }),
  new ApiProblem('not-found', 404, { title: 'Introuvable', detail: 'Rien n’est à cette adresse, ou pas pour vous.' }),
  new ApiProblem('request/too-many', 429, { title: 'Trop de demandes', detail: 'Réessayez dans une minute.' }, 60),
  new ApiProblem('service/bug', 500, {
    title: 'Erreur du service',
    detail: 'Ce n’est pas votre faute.',
    requestId: 'r-1',
  }),
]
const wait = () => new Promise(resolve => setTimeout(resolve, 300))
const read = { data: undefined, isError: false, error: null, refetch: () => undefined }

/** What a page says: badges, messages, and the four states of what is read. */
export const Said = () => (
  <>
    <Section title="Badges">
      <p>
        {(['neutral', 'info', 'success', 'warning', 'error', 'new'] as const).map(tone => (
          <span key={tone}>
            <Badge tone={tone}>{tone}</Badge>{' '}
          </span>
        ))}
      </p>
    </Section>
    <Section title="Messages">
      {(['info', 'success', 'warning', 'error'] as const).map(tone => (
        <div key={tone}>
          <Notice tone={tone} title={`Avec un titre, ${tone}`}>
            Ce qui s’est passé, et ce qu’on peut faire.
          </Notice>
          <Notice tone={tone}>Sans titre, {tone}.</Notice>
        </div>
      ))}
    </Section>
    <Section title="Ce qui vient d’être fait">
      <ButtonRow>
        <Button onClick={() => toast('Échange enregistré.', { run: wait, done: 'Échange annulé.' })}>
          Montrer, avec « Annuler »
        </Button>
        <Button priority="secondary" onClick={() => toast('Rapport prêt.')}>
          Montrer
        </Button>
      </ButtonRow>
    </Section>
    <Section title="Ce qui est lu : en attente, vide, refusé, là">
      <Skeleton lines={2} label="Un exemple se charge" />
      <Loaded query={read} lines={2}>
        {() => null}
      </Loaded>
      <Loaded query={{ ...read, data: [] }} empty={() => <Empty title="Rien encore">Ce qui sera ici.</Empty>}>
        {() => null}
      </Loaded>
      <Empty title="Rien encore" action={<Button size="small">La première chose à faire</Button>} />
      {problems.map(problem => (
        <Refused key={problem.code} problem={problem} retry={() => undefined} />
      ))}
      <Loaded query={{ ...read, data: 'Ce qui a été lu.' }}>{words => <p>{words}</p>}</Loaded>
    </Section>
  </>
)
