// biome-ignore-all lint/a11y/useValidAnchor: it has its address; the click only saves a reload
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the browser clicks a link on Enter
// biome-ignore-all lint/a11y/noStaticElementInteractions: an anchor with an address
import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, DetailedHTMLProps, MouseEvent } from 'react'

type Props = DetailedHTMLProps<AnchorHTMLAttributes<HTMLAnchorElement>, HTMLAnchorElement>

const ours = (href: string | undefined, target: string | undefined) =>
  href?.startsWith('/') && !href.startsWith('//') && !href.startsWith('/api/') && (!target || target === '_self')

/** An ordinary link: opens in place when it is a page of ours, and its code is fetched when one points at it. */
export const Link = ({ href, target, onClick, children, ...rest }: Props) => {
  const router = useRouter()
  const inside = ours(href, target)
  const preload = () => {
    if (inside) router.preloadRoute({ to: href!.split('?')[0] } as never).catch(() => undefined)
  }
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (
      !inside ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey ||
      'download' in rest
    )
      return
    event.preventDefault()
    void router.navigate({ href: href! } as never)
  }
  return (
    <a
      {...rest}
      {...(href === undefined ? {} : { href })}
      {...(target ? { target, rel: 'noopener noreferrer' } : {})}
      onClick={follow}
      onMouseEnter={preload}
      onFocus={preload}
    >
      {children}
    </a>
  )
}
