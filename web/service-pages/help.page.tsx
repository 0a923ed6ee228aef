import { useQueries } from '@tanstack/react-query'
import { formatCount } from '../platform/format.ts'
import { useAddress } from '../platform/navigation.ts'
import { useMaybeMe } from '../platform/session.ts'
import { Empty, Link, Page, Section, Skeleton, TextField } from '../ui/index.ts'
import { firstDays } from './first-day.ts'
import { searchGuides } from './guide-text.ts'
import { guideWords } from './guide-words.ts'
import { guideQuery } from './guides.ts'
import { type GuideName, guideNames, ownGuides } from './help-address.ts'
import './help.css'

/** The guides of every role, those of the reader first, searched together. */
export default function HelpPage() {
  const me = useMaybeMe()
  const [{ q = '' }, setAddress] = useAddress()
  const own = ownGuides(me)
  const others = guideNames.filter(name => !own.includes(name))
  return (
    <Page title="Aide" lead="Ce que le service fait, rôle par rôle." width="narrow">
      <search className="fr-mb-4w">
        <TextField
          name="q"
          type="search"
          label="Chercher dans les guides"
          hint="Un ou plusieurs mots"
          value={q}
          onChange={value => setAddress({ q: value || undefined })}
        />
      </search>
      {q.trim() ? (
        <Results words={q} names={[...own, ...others]} />
      ) : (
        <>
          <Section title={own.length > 1 ? 'Vos guides' : 'Votre guide'}>
            <Guides names={own} />
            {me && firstDays[own[0]!] && (
              <p>
                <Link href="/aide/premiere-journee">Votre première journée, en cinq étapes</Link>
              </p>
            )}
          </Section>
          <Section title="Les autres guides">
            <Guides names={others} />
          </Section>
          <Section title="Aussi">
            <ul>
              <li>
                <Link href="/aide/raccourcis">Raccourcis du clavier</Link>
              </li>
              {me && (
                <li>
                  <Link href="/mes-droits">Mes droits, et qui peut aider</Link>
                </li>
              )}
            </ul>
          </Section>
        </>
      )}
    </Page>
  )
}

const Guides = ({ names }: { names: readonly GuideName[] }) => (
  <ul className="cc-guides">
    {names.map(name => (
      <li key={name}>
        <Link href={`/aide/${name}`}>{guideWords[name].label}</Link>
        <span className="fr-hint-text">{guideWords[name].about}</span>
      </li>
    ))}
  </ul>
)

const Results = ({ words, names }: { words: string; names: readonly GuideName[] }) => {
  const queries = useQueries({ queries: names.map(name => guideQuery(name)) })
  if (queries.some(query => query.isLoading)) return <Skeleton lines={6} />
  const found = searchGuides(
    names.flatMap((name, at) => (queries[at]!.data ? [[name, queries[at]!.data] as const] : [])),
    words,
  )
  return (
    <Section title={found.length ? formatCount(found.length, 'passage') : 'Aucun passage'}>
      {found.length ? (
        <ul className="cc-guides">
          {found.map(({ guide, section, excerpt }) => (
            <li key={`${guide}#${section.anchor}`}>
              <Link href={`/aide/${guide}#${section.anchor}`}>
                {section.title}
                <span className="fr-sr-only">, guide </span> <em>{guideWords[guide as GuideName].label}</em>
              </Link>
              <span className="fr-hint-text">{excerpt}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Empty title="Rien sur ces mots">Essayez un mot plus court, ou lisez un guide entier.</Empty>
      )}
    </Section>
  )
}
