/** The keys of the sell page (counter.md 2). */
import { focusNamed } from '@/composables/focus'
import { announce } from '@/composables/announcer'
import { useLanguage } from '@/composables/useLanguage'
import { useKeys } from '@/keyboard/useKeys'
import { useBasket } from './stores/basket'
import { useConnections } from './stores/connections'
import { useOffers } from './stores/offers'
import { useSale } from './stores/sale'
import type { useSellFlow } from './useSellFlow'

/** Where on the page the focus is. */
function findStep(target: EventTarget | null): string {
  const element = target instanceof Element ? target.closest('[data-step]') : null
  return element?.getAttribute('data-step') ?? ''
}

/** Buttons, links and choices that Enter itself operates. */
function isOperatedByEnter(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a[href], summary, textarea') !== null
}

export function useSellKeys(flow: ReturnType<typeof useSellFlow>): void {
  const { t } = useLanguage()
  const basket = useBasket()
  const connections = useConnections()
  const offers = useOffers()
  const sale = useSale()

  async function goOn(event: KeyboardEvent): Promise<void> {
    switch (findStep(event.target instanceof Element && event.isTrusted ? event.target : document.activeElement)) {
      case 'command': return flow.submitCommand()
      case 'search': return flow.startSearch()
      case 'connections': return flow.takeConnection()
      case 'offers': return flow.takeOffer()
      case 'names': return flow.hold()
      default: return goOnFromNowhere()
    }
  }

  async function goOnFromNowhere(): Promise<void> {
    const state = basket.order?.state
    if (state === 'held') announce(t('sell.confirmHint'))
    else if (offers.state === 'ready') await focusNamed('offer')
    else if (state === 'open' && (basket.order?.items.length ?? 0) > 0) await flow.hold()
    else if (connections.list) await focusNamed('connections')
    else await focusNamed('command')
  }

  /** One step back; never leaves the page, never loses what was typed. */
  async function goBack(): Promise<void> {
    if (sale.isUndoAsked) {
      sale.isUndoAsked = false
      return
    }
    const step = findStep(document.activeElement)
    // Giving the places up is never one key: Escape leads to the button that does it.
    if (basket.order?.state === 'held' && !sale.isWorking) await focusNamed('reopen')
    else if (step === 'names' && offers.state === 'ready') await focusNamed('offer')
    else if ((step === 'names' || step === 'offers') && connections.list) await focusNamed('connections')
    else if (step === 'connections' && connections.direction === 'inward') connections.goOutward()
    else await focusNamed('command')
  }

  async function scroll(way: 'earlier' | 'later'): Promise<void> {
    const isMore = await connections.scroll(way)
    announce(isMore ? t(`sell.${way}Added`) : t('sell.noMore'))
  }

  const canConfirm = () => (basket.order?.state === 'held' || sale.isUndoAsked) && !sale.isWorking

  useKeys([
    {
      keys: 'Enter', textKey: 'keys.next', run: (event) => { void goOn(event) },
      isActive: () => !isOperatedByEnter(document.activeElement),
    },
    { keys: 'Escape', textKey: 'keys.back', run: () => { void goBack() } },
    { keys: 'F2', textKey: 'keys.command', run: () => { void focusNamed('command') } },
    { keys: 'F4', textKey: 'keys.payment', run: () => { void focusNamed('payment') } },
    { keys: 'F8', textKey: 'keys.newSale', run: () => { flow.startNewSale() } },
    { keys: 'F9', textKey: 'keys.sameAgain', run: () => { void flow.startSameAgain() } },
    { keys: 'Ctrl+Enter', textKey: 'keys.confirm', run: () => { void flow.sell() }, isActive: canConfirm },
    {
      keys: 'PageUp', textKey: 'keys.earlier', run: () => { void scroll('earlier') },
      isActive: () => connections.list !== null,
    },
    {
      keys: 'PageDown', textKey: 'keys.later', run: () => { void scroll('later') },
      isActive: () => connections.list !== null,
    },
  ])
}
