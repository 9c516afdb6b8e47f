import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  /** Called for Escape and for a press outside the dialog. */
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A modal dialog with a title. Put its buttons last, in an element of class `dialog-foot`. */
export function ModalDialog({ title, isOpen, onClose, className = '', children }: Props) {
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={onClose} isDismissable>
      <Modal className="modal">
        <Dialog className={`dialog ${className}`.trim()}>
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
