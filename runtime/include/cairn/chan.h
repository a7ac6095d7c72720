/* chan.h: channels between goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Channels are Go's: what one goroutine sends another receives, in order; a
   send on a channel without capacity waits for the receiver, with a capacity
   only while the buffer is full; a receive waits while there is nothing.  A
   closed channel can be received from without waiting; sending on it, closing
   it again, or closing NULL ends the program with a message.  Sending on NULL
   or receiving from it waits for ever.

   A channel is collected like other memory.  Threads that the program made
   itself may use channels, too; a signal handler may not.

     cairn_chan (int) numbers = cairn_make_chan (int, 10);
     cairn_send (numbers, 42);
     int n = cairn_receive (numbers);
     cairn_close (numbers);
     cairn_range (i, numbers)
       printf ("%d\n", i);

   A macro evaluates each argument once.  */

#ifndef CAIRN_CHAN_H
#define CAIRN_CHAN_H

#include <cairn.h>

/* -- The channels that the macros below give types to.  */

struct cairn_chan;

/* A channel of elements of ELEMENT_NBYTES with room for CAPACITY of them.  Ends
   the program if there is no memory.  */
extern struct cairn_chan *cairn_chan_new (size_t ELEMENT_NBYTES,
                                          size_t CAPACITY);

/* Send what ELEMENT points to.  */
extern void cairn_chan_send (struct cairn_chan *CHAN, const void *ELEMENT)
    CAIRN_NOESCAPE ();

/* The same for elements of at most 8 bytes, which are the first of WORD.  */
extern void cairn_chan_send_word (struct cairn_chan *CHAN, uint64_t WORD);

/* Receive into ELEMENT, which may be NULL.  Returns 1; or 0, and an element
   that is all zero, if the channel is closed and empty.  */
extern int cairn_chan_receive (struct cairn_chan *CHAN, void *ELEMENT)
    CAIRN_NOESCAPE ();

/* The same for elements of at most 8 bytes.  */
struct cairn_chan_word
{
  uint64_t word;
  uint64_t ok;
};
extern struct cairn_chan_word cairn_chan_receive_word (struct cairn_chan *CHAN)
    CAIRN_NOESCAPE ();

/* Send, or receive, only if that needs not wait.  Returns 1 if done, else 0.  A
   receive that finds the channel closed is done, with *OK 0; OK may be NULL. */
extern int cairn_chan_try_send (struct cairn_chan *CHAN, const void *ELEMENT)
    CAIRN_NOESCAPE ();
extern int cairn_chan_try_receive (struct cairn_chan *CHAN, void *ELEMENT,
                                   int *OK) CAIRN_NOESCAPE ();

extern void cairn_chan_close (struct cairn_chan *CHAN) CAIRN_NOESCAPE ();

/* Elements in the buffer, and how many have room there; 0 for NULL.  */
extern size_t cairn_chan_len (const struct cairn_chan *CHAN) CAIRN_NOESCAPE ();
extern size_t cairn_chan_cap (const struct cairn_chan *CHAN) CAIRN_NOESCAPE ();

/* -- Typed channels.  */

/* The type of channels of T.  */
#define cairn_chan(T) __typeof__ (__typeof__ (T) (*)[])

/* A channel of T with room for CAPACITY elements.  */
#define cairn_make_chan(T, CAPACITY)                                           \
  ((cairn_chan (T))cairn_chan_new (sizeof (T), (CAPACITY)))

/* The untyped channel.  */
#define cairn_chan_of(CHAN) ((struct cairn_chan *)(CHAN))

/* Of VALUE, as a whole, a number of the same size: of that, unlike of a part of
   a word, GCC sees that it needs no memory, so the goroutine that waits keeps
   none.  */
#define cairn_chan_bits_(VALUE, TYPE)                                          \
  __extension__({                                                              \
    TYPE cairn_bits_ = 0;                                                      \
    __builtin_memcpy (&cairn_bits_, &(VALUE),                                  \
                      sizeof (VALUE) <= sizeof (TYPE) ? sizeof (VALUE) : 0);   \
    cairn_bits_;                                                               \
  })
#define cairn_chan_word_(VALUE)                                                \
  (sizeof (VALUE) == 4   ? cairn_chan_bits_ (VALUE, uint32_t)                  \
   : sizeof (VALUE) == 2 ? cairn_chan_bits_ (VALUE, uint16_t)                  \
   : sizeof (VALUE) == 1 ? cairn_chan_bits_ (VALUE, uint8_t)                   \
                         : cairn_chan_bits_ (VALUE, uint64_t))

#define cairn_send(CHAN, VALUE)                                                \
  __extension__({                                                              \
    __typeof__ (&(*(CHAN))[0]) cairn_type_;                                    \
    struct cairn_chan *cairn_chan_ = cairn_chan_of (CHAN);                     \
    __typeof__ (*cairn_type_) cairn_value_ = (VALUE);                          \
    if (sizeof cairn_value_ <= 8)                                              \
      {                                                                        \
        uint64_t cairn_word_ = cairn_chan_word_ (cairn_value_);                \
        cairn_chan_send_word (cairn_chan_, cairn_word_);                       \
      }                                                                        \
    else                                                                       \
      cairn_chan_send (cairn_chan_, &cairn_value_);                            \
  })

/* Receive an element; all zero if the channel is closed and empty.  *OK, an
   int, says 1 or then 0.  */
#define cairn_receive_ok(CHAN, OK)                                             \
  __extension__({                                                              \
    __typeof__ (&(*(CHAN))[0]) cairn_type_;                                    \
    struct cairn_chan *cairn_chan_ = cairn_chan_of (CHAN);                     \
    __typeof__ (*cairn_type_) cairn_value_;                                    \
    if (sizeof cairn_value_ <= 8)                                              \
      {                                                                        \
        struct cairn_chan_word cairn_word_                                     \
            = cairn_chan_receive_word (cairn_chan_);                           \
        uint64_t cairn_bits_ = cairn_word_.word;                               \
        __builtin_memcpy (&cairn_value_, &cairn_bits_,                         \
                          sizeof cairn_value_ <= 8 ? sizeof cairn_value_ : 0); \
        *(OK) = cairn_word_.ok;                                                \
      }                                                                        \
    else                                                                       \
      *(OK) = cairn_chan_receive (cairn_chan_, &cairn_value_);                 \
    cairn_value_;                                                              \
  })

#define cairn_receive(CHAN)                                                    \
  __extension__({                                                              \
    int cairn_ok_;                                                             \
    cairn_receive_ok (CHAN, &cairn_ok_);                                       \
  })

#define cairn_close(CHAN) cairn_chan_close (cairn_chan_of (CHAN))

/* for: VARIABLE is each element of the channel in turn, until it is closed and
   empty.  */
#define cairn_range(VARIABLE, CHAN)                                            \
  for (int cairn_more_ = 1; cairn_more_ == 1; cairn_more_ = 2)                 \
    for (__typeof__ ((*(CHAN))[0]) VARIABLE                                    \
         = cairn_receive_ok (CHAN, &cairn_more_);                              \
         cairn_more_ == 1; VARIABLE = cairn_receive_ok (CHAN, &cairn_more_))

/* -- Select: wait for one of several.

     switch (cairn_select (CAIRN_RECEIVE (in, &x, &ok), CAIRN_SEND (out, &y),
                           CAIRN_TIMEOUT (1000000000)))
       {
       case 0: … x has been received
       case 1: … y has been sent
       case 2: … a second has passed
       }

   Returns the number of the case, from 0, that has happened.  If several can,
   one of them is taken by chance.  A case of a NULL channel never happens;
   CAIRN_DEFAULT does if no other can at once, CAIRN_TIMEOUT if none could for
   so many nanoseconds; of either there may be one.  */

struct cairn_case
{
  int kind; /* enum cairn_case_kind */
  struct cairn_chan *chan;
  void *element;
  int *ok;
  int64_t timeout_ns;
  void *reserved[8];
};

enum cairn_case_kind
{
  CAIRN_CASE_SEND,
  CAIRN_CASE_RECEIVE,
  CAIRN_CASE_DEFAULT,
  CAIRN_CASE_TIMEOUT
};

extern int cairn_select_cases (struct cairn_case *CASES, size_t COUNT)
    CAIRN_NOESCAPE ();

/* ELEMENT points to what is to be sent, or where it is to be received (NULL: it
   is not wanted); OK, which may be NULL, is set to 1, or 0 if the channel is
   closed and empty.  The pointers' types are checked.  */
#define CAIRN_SEND(CHAN, ELEMENT)                                              \
  {                                                                            \
    CAIRN_CASE_SEND, cairn_chan_of (CHAN),                                     \
        (void *)(1 ? (ELEMENT) : &(*(CHAN))[0]), NULL, 0,                      \
    {                                                                          \
      NULL                                                                     \
    }                                                                          \
  }
#define CAIRN_RECEIVE(CHAN, ELEMENT, OK)                                       \
  {                                                                            \
    CAIRN_CASE_RECEIVE, cairn_chan_of (CHAN), 1 ? (ELEMENT) : &(*(CHAN))[0],   \
        (OK), 0,                                                               \
    {                                                                          \
      NULL                                                                     \
    }                                                                          \
  }
#define CAIRN_DEFAULT                                                          \
  {                                                                            \
    CAIRN_CASE_DEFAULT, NULL, NULL, NULL, 0, { NULL }                          \
  }
#define CAIRN_TIMEOUT(NS)                                                      \
  {                                                                            \
    CAIRN_CASE_TIMEOUT, NULL, NULL, NULL, (NS), { NULL }                       \
  }

#define cairn_select(...)                                                      \
  __extension__({                                                              \
    struct cairn_case cairn_cases_[] = { __VA_ARGS__ };                        \
    cairn_select_cases (cairn_cases_,                                          \
                        sizeof cairn_cases_ / sizeof cairn_cases_[0]);         \
  })

#endif /* CAIRN_CHAN_H */
